import * as z from 'zod';
import { REASONS } from '../model/reasons.ts';
import { violationSchema } from '../model/violation.ts';
import { DOCUMENT_TYPE, namedDocumentSchema } from '../record/named-document.ts';
import { wordsOf } from './event-words.ts';
import type { Recorded } from './on-record.ts';
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

const saidSchema = z.looseObject({
  kind: z.string().optional(),
  by: z.string().optional(),
  reason: z.string().optional(),
  why: z.string().optional(),
});

/** What was put there: of what kind, by whom, and why, as far as the entry says so. */
const saidWords = (entry: Recorded): string | null => {
  const { data } = saidSchema.safeParse(entry);
  if (data === undefined) return null;
  const { by, reason = data.why } = data;
  const kind = data.kind === undefined ? '' : `, ${plainName(data.kind)}`;
  const whom = by === undefined ? '' : `, by ${by}`;
  const why = reason === undefined ? '' : `: ${plainName(reason)}`;
  return `${plainName(entry.type)}${kind}${whom}${why}`;
};

/** An entry of a wearer's record in one line of plain words, whatever it tells of. */
export const recordWords = (entry: Recorded): string => {
  const found = foundSchema.safeParse(entry);
  if (found.success) return foundWords(found.data);
  const put = documentSchema.safeParse(entry);
  if (put.success) return documentWords(put.data);
  const outside = outsideWords(entry);
  if (outside !== null) return outside.words;
  const words = wordsOf(entry);
  const named = plainName(entry.type);
  const isUnknown = words === named || words.startsWith(`${named}: `);
  return (isUnknown ? saidWords(entry) : null) ?? words;
};
