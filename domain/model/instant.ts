import * as z from 'zod';

/** A moment in epoch milliseconds, UTC. Local wall-clock times are another type. */
export const instantSchema = z.number().int().nonnegative().brand<'Instant'>();
export type Instant = z.infer<typeof instantSchema>;

/**
 * The one place that makes an instant of a number of milliseconds. Throws on a fraction or a
 * negative.
 */
export const instant = (epochMilliseconds: number): Instant => {
  if (!Number.isSafeInteger(epochMilliseconds) || epochMilliseconds < 0) {
    throw new RangeError(`Not an instant in whole epoch milliseconds: ${epochMilliseconds}`);
  }
  return epochMilliseconds as Instant;
};

export const HOUR_SECONDS = 3_600;
export const DAY_SECONDS = 24 * HOUR_SECONDS;
export const MINUTE_MILLISECONDS = 60_000;
export const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
export const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

export const secondsAfter = (at: Instant, seconds: number): Instant =>
  instant(Math.round(at + seconds * 1000));

export const secondsBetween = (from: Instant, to: Instant): number => (to - from) / 1000;

export const laterOf = (a: Instant, b: Instant): Instant => (a >= b ? a : b);

export const earlierOf = (a: Instant, b: Instant): Instant => (a <= b ? a : b);

/** The earliest of some instants, null where there is none. */
export const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce(
    (found, at) => (at !== null && (found === null || at < found) ? at : found),
    null,
  );

/** The last that is written with a year of four digits, as it has to be to be read again. */
const LAST_WRITTEN = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Parses an ISO 8601 date-time with an offset; a local time without one is refused, and what would
 * be of another year than 1970 to 9999 in UTC.
 */
export const isoInstantSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .refine((at) => at >= 0 && at <= LAST_WRITTEN, 'must be of the years 1970 to 9999, in UTC')
  .pipe(instantSchema);

/** ISO 8601 in UTC with milliseconds. */
export const toIso = (at: Instant): string => new Date(at).toISOString();

/** The same; null where there is no instant. */
export const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));
