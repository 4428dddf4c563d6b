import * as z from 'zod';
import { REASONS } from '../model/reasons.ts';
import { violationSchema } from '../model/violation.ts';
import { DOCUMENT_TYPE, namedDocumentSchema } from '../record/named-document.ts';
import { eventWords } from './event-words.ts';
import { type Recorded, textOf } from './on-record.ts';
import { outsideWords } from './outside-words.ts';
import { plainName } from './plain-name.ts';

const foundSchema = z.looseObject({
  type: z.enum(['violation-opened', 'violation-amended', 'violation-ended', 'violation-withdrawn']),
  ...violationSchema.pick({ rule: true, reason: true, certainty: true, endReason: true }).shape,
});

const FOUND = {
  'violation-opened': 'found',
  'violation-amended': 'found otherwise',
  'violation-ended': 'over by the data',
  'violation-withdrawn': 'taken back by the data',
} as const;

const foundWords = ({ type, ...found }: z.infer<typeof foundSchema>): string => {
  const { rule, reason, certainty, endReason } = found;
  const sure = certainty === null ? '' : `, ${Math.floor(certainty * 100)} % sure`;
  const why = endReason === null ? '' : `: ${plainName(endReason)}`;
  return `${FOUND[type]}: ${REASONS[reason].happened} (${plainName(rule)}${sure})${why}`;
};

const documentSchema = z.looseObject({
  type: z.literal(DOCUMENT_TYPE),
  ...namedDocumentSchema.pick({ name: true, version: true }).shape,
});

/** `ORDER#o-1` is the order o-1. */
const documentWords = ({ name, version }: z.infer<typeof documentSchema>): string => {
  const [what = '', ...id] = name.split('#');
  const named = [what.toLowerCase().replaceAll('_', ' '), ...id].join(' ');
  return `${named}: version ${version} on record`;
};

/** What was put there, and of what kind; and by whom and why, as far as the entry says so. */
const saidOf = (entry: Recorded): Readonly<{ what: string; whomAndWhy: string }> => {
  const kind = textOf(entry, 'kind');
  const by = textOf(entry, 'by');
  const reason = textOf(entry, 'reason', 'why');
  const ofKind = kind === undefined ? '' : `, ${plainName(kind)}`;
  const whom = by === undefined ? '' : `, by ${by}`;
  const because = reason === undefined ? '' : `: ${plainName(reason)}`;
  return { what: `${plainName(entry.type)}${ofKind}`, whomAndWhy: `${whom}${because}` };
};

const knownWords = (entry: Recorded): string | null => {
  const found = foundSchema.safeParse(entry);
  if (found.success) return foundWords(found.data);
  const put = documentSchema.safeParse(entry);
  if (put.success) return documentWords(put.data);
  return outsideWords(entry)?.words ?? eventWords(entry);
};

/**
 * An entry of a wearer's record in one line of plain words, whatever it tells of. What this version
 * does not know is said in the words of the record, with by whom and why.
 */
export const recordWords = (entry: Recorded): string => {
  const { what, whomAndWhy } = saidOf(entry);
  return knownWords(entry) ?? `${what}${whomAndWhy}`;
};

/** The same for who says by whom and why elsewhere. */
export const whatWords = (entry: Recorded): string => knownWords(entry) ?? saidOf(entry).what;
