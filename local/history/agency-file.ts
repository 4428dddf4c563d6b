import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type AgencyLine, agencyLineSchema } from '#domain/exchange/agency-line.ts';

/** Where in a folder the agency's own documents lie. */
export const AGENCY_FILE = 'agency.ndjson';

const endSchema = z.strictObject({
  kind: z.literal('end'),
  lines: z.int().min(0),
  /** Of every byte before this line. */
  sha256: z.string(),
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The agency's own documents and wearers, as the API says them. Throws on a line that is none. */
export const readAgencyLines = (text: string): AgencyLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => agencyLineSchema.parse(JSON.parse(line)));

/** The same as a file, which says at its end how much it holds. */
export const writeAgencyFile = (text: string): string => {
  const end = { kind: 'end', lines: readAgencyLines(text).length, sha256: sha256(text) };
  return `${text}${JSON.stringify(end)}\n`;
};

const endOf = (line: string): z.infer<typeof endSchema> | null => {
  try {
    return endSchema.parse(JSON.parse(line));
  } catch {
    // Record: the caller says that the file is not whole.
    return null;
  }
};

/** What a file of an agency holds. Throws where it was cut off, or is not as it was written. */
export const readAgencyFile = (file: string): AgencyLine[] => {
  const at = file.lastIndexOf('\n', file.length - 2) + 1;
  const [text, end] = [file.slice(0, at), endOf(file.slice(at))];
  const asWritten = end !== null && end.sha256 === sha256(text);
  const what = end === null ? 'was cut off' : 'was changed since it was written';
  if (!asWritten) throw new Error(`${AGENCY_FILE} ${what}: export it again; nothing was sent`);
  return readAgencyLines(text);
};
