import * as z from 'zod';
import { personIdSchema } from '../model/ids.ts';
import { instantSchema } from '../model/instant.ts';
import { oneLineSchema } from '../model/one-line.ts';

const said = oneLineSchema.pipe(z.string().min(1).max(200));

/** Who reads something about a person, and why: what every such question has to say. */
export const readerSchema = z.object({
  by: personIdSchema,
  reason: said,
  /** To whom it is handed over, where it leaves the agency. */
  recipient: said.optional(),
});
export type Reader = z.infer<typeof readerSchema>;

/** What was asked for: a route, the ids of its path and the rest of its query. Never the answer. */
const askedSchema = z.object({
  route: z.string(),
  path: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.string()),
});
export type Asked = z.infer<typeof askedSchema>;

/** That somebody read something about a person, as it stands on record. */
export const readingSchema = readerSchema.extend({ at: instantSchema, asked: askedSchema });
export type Reading = z.infer<typeof readingSchema>;

/** Instants, ids, numbers and words of ours; no sentence and no name has this form. */
const HARMLESS = /^[\w:.+~#-]{1,128}$/;

const harmless = (named: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) =>
      value !== undefined && HARMLESS.test(name) && HARMLESS.test(value) ? [[name, value]] : [],
    ),
  );

/**
 * What a request asked for, as it may stand on record for good: whatever else a caller put into a
 * query, such as a text, is left out.
 */
export const askedOf = (
  route: string,
  path: Readonly<Record<string, string | undefined>>,
  query: Readonly<Record<string, string | undefined>>,
): Asked => {
  const { by: _by, reason: _reason, recipient: _recipient, ...rest } = query;
  return { route, path: harmless(path), query: harmless(rest) };
};
