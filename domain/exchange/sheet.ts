import type * as z from 'zod';
import { plainWords } from '../model/plain-words.ts';
import {
  lineSchemas,
  type Manifest,
  manifestSchema,
  RECORD_TRANSFER_SCHEMA,
} from './record-transfer.ts';
import { parseSafeJson } from './safe-json.ts';

/** One sheet: so much of a group as one request carries, whoever made it. */
export const MOST_LINES = 4_000;
export const MOST_SHEET_BYTES = 2_097_152;
/** Ours end here, so that one more line, which may be a document of 380,000 bytes, still fits. */
const FILLED_BYTES = 786_432;

/** How many of some lines go on one sheet of ours; one at least. */
export const fitting = (lines: readonly string[]): number => {
  const utf8 = new TextEncoder();
  let [count, bytes] = [0, 0];
  for (const line of lines) {
    if (count === MOST_LINES || bytes >= FILLED_BYTES) break;
    bytes += utf8.encode(line).length + 1;
    count += 1;
  }
  return count;
};

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export type Sha256 = (text: string) => string;

/** What is wrong with a sheet; lines are counted from 1, the manifest's, and 0 is all of it. */
export type SheetProblem = Readonly<{ code: string; line: number; path: string; message: string }>;

export type SheetReading =
  | Readonly<{ ok: true; manifest: Manifest; lines: readonly object[] }>
  | Readonly<{ ok: false; problems: readonly SheetProblem[] }>;

/** A sheet as text: its manifest and its lines, each ended by a line feed. */
export const writeSheet = (
  stated: Omit<Manifest, 'schema' | 'lines' | 'sha256'>,
  lines: readonly string[],
  sha256: Sha256,
): string => {
  const text = lines.map((line) => `${line}\n`).join('');
  const manifest = {
    schema: RECORD_TRANSFER_SCHEMA,
    ...stated,
    lines: lines.length,
    sha256: sha256(text),
  };
  return `${JSON.stringify(manifest)}\n${text}`;
};

const NO_PATH = '';

const readJson = <S extends z.ZodType>(
  schema: S,
  text: string,
  line: number,
):
  | Readonly<{ ok: true; value: z.output<S> }>
  | Readonly<{ ok: false; problems: readonly SheetProblem[] }> => {
  const json = parseSafeJson(text);
  if (!json.ok) {
    const problem = { code: 'malformed-json', line, path: NO_PATH, message: json.message };
    return { ok: false, problems: [problem] };
  }
  const read = schema.safeParse(json.value, { error: plainWords });
  if (read.success) return { ok: true, value: read.data };
  const problems = read.error.issues.map(({ path, message }) => {
    return { code: 'invalid-field', line, path: path.map(String).join('.'), message };
  });
  return { ok: false, problems };
};

/** The instant by which a line belongs to a stretch; null: to the whole of it. */
const instantOf = (line: object): Readonly<{ path: string; at: string }> | null => {
  const { openedAt, recordedAt } = { openedAt: null, recordedAt: null, ...line };
  if (typeof openedAt === 'string') return { path: 'openedAt', at: openedAt };
  return typeof recordedAt === 'string' ? { path: 'recordedAt', at: recordedAt } : null;
};

const outOfStretch = ({ from, to, group }: Manifest, value: object, line: number) => {
  const found = instantOf(value);
  if (found === null) return [];
  const at = Date.parse(found.at);
  const isBefore = group !== 'demographics' && at < Date.parse(from);
  if (!isBefore && at <= Date.parse(to)) return [];
  const message = `${found.at} is out of the stretch that the first line names`;
  return [{ code: 'out-of-stretch', line, path: found.path, message }];
};

const readLine = (manifest: Manifest, text: string, line: number) => {
  const read = readJson(lineSchemas[manifest.group], text, line);
  if (!read.ok) return read;
  const problems = outOfStretch(manifest, read.value, line);
  return problems.length > 0 ? ({ ok: false, problems } as const) : read;
};

const whole = (code: string, message: string): SheetReading => ({
  ok: false,
  problems: [{ code, line: 0, path: NO_PATH, message }],
});

/** What the manifest says of the lines after it, held to what came. */
const asStated = (manifest: Manifest, rest: string, sha256: Sha256): SheetReading | null => {
  const count = rest.split('\n').length - 1;
  if (count > MOST_LINES) {
    return whole('too-many-lines', `${count} lines after the first; the most is ${MOST_LINES}`);
  }
  if (count !== manifest.lines) {
    const message = `the first line names ${manifest.lines} lines, and ${count} came`;
    return whole('lines-missing', message);
  }
  return sha256(rest) === manifest.sha256
    ? null
    : whole('digest-differs', 'the lines are not those of which the first line has the SHA-256');
};

/**
 * Reads a sheet: all of it, or what is wrong with every line that cannot be read. Nothing of a
 * sheet may be kept where one line of it is refused.
 */
export const readSheet = (text: string, sha256: Sha256): SheetReading => {
  const end = text.indexOf('\n');
  if (end < 0 || !text.endsWith('\n')) {
    return whole('cut-off', 'every line ends with a line feed, also the last: was it cut off?');
  }
  const first = readJson(manifestSchema, text.slice(0, end), 1);
  if (!first.ok) return first;
  const manifest = first.value;
  const rest = text.slice(end + 1);
  const refused = asStated(manifest, rest, sha256);
  if (refused !== null) return refused;
  const texts = rest.split('\n').slice(0, -1);
  const read = texts.map((one, i) => readLine(manifest, one, i + 2));
  const problems = read.flatMap((one) => (one.ok ? [] : one.problems));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, manifest, lines: read.flatMap((one) => (one.ok ? [one.value] : [])) };
};
