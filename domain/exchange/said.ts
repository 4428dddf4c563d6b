import * as z from 'zod';

/**
 * What fields of a history that moves may hold. They are wider than ours: another system has ids,
 * words and instants of its own, and they are kept as it said them.
 */

const isWritten = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

/** An id of whatever system said it. */
export const saidIdSchema = z
  .string()
  .min(1)
  .max(300)
  .refine(isWritten, 'an id has no control characters');

/** A word of a list that the system has, such as a kind of violation. */
export const saidWordSchema = saidIdSchema.max(100);

/** Plain text for people: lines may break in it. */
export const saidTextSchema = z
  .string()
  .max(100_000)
  .refine((text) => text.isWellFormed(), 'not well-formed Unicode');

/** ISO 8601 with an offset, from 1970 on; kept as it was written. */
export const saidAtSchema = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => Date.parse(text) >= 0, 'an instant from 1970 on');

const measure = z.number().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
export const countSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const metresSchema = z.number().min(0).max(100_000_000).nullable();
export const shareSchema = z.number().min(0).max(1).nullable();

/** WGS84; what another system says of a place is no position of ours, so it has no brand. */
export const saidPlace = {
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
} satisfies Record<'lat' | 'lon', z.ZodType<number>>;

const MOST_MORE = 50;

/** Whatever else a system says of something, under names of its own: plain values alone. */
export const moreSchema = z
  .record(z.string().min(1).max(64), z.union([saidTextSchema, measure, z.boolean(), z.null()]))
  .refine((more) => Object.keys(more).length <= MOST_MORE, `at most ${MOST_MORE} fields`);

/** A document as the system that said it keeps it: any JSON object. */
export const saidDocumentSchema = z.record(z.string(), z.unknown());
