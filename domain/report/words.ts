import * as z from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';

/** An instant within text. Whoever prints it prints it in UTC, and by the report's zone. */
const atSchema = z.object({ at: instantSchema });

/** Text of a report: words, an instant, or some of both one after the other. */
export const wordsSchema = z.union([
  z.string(),
  atSchema,
  z.array(z.union([z.string(), atSchema])),
]);
export type Words = z.infer<typeof wordsSchema>;

/** One piece of such text. */
export type WordsPart = string | Readonly<{ at: Instant }>;

/** The pieces of a text, in order. */
export const partsOf = (words: Words): readonly WordsPart[] =>
  Array.isArray(words) ? words : [words];

/** An instant, or a dash of words where there is none. */
export const atOr = (at: Instant | null, none: string): Words => (at === null ? none : { at });
