import * as z from 'zod';
import {
  DAY_SECONDS,
  type Instant,
  isoInstantSchema,
  secondsAfter,
} from '#domain/model/instant.ts';
import type { Period } from '#domain/response/wearer-days.ts';
import type { HttpRequest } from '../middleware/http.ts';
import { type Reading, readWith } from './problems.ts';

const querySchema = z.object({ from: isoInstantSchema, to: isoInstantSchema.optional() });

/**
 * The stretch of time that a request names as `from` and `to` (now, unless told; never later): at
 * most so many days.
 */
export const readPeriod = (
  { queryStringParameters }: Pick<HttpRequest, 'queryStringParameters'>,
  now: Instant,
  mostDays: number,
): Reading<Period> => {
  const read = readWith(querySchema, queryStringParameters);
  if (!read.ok) return read;
  const { from: fromAt, to: toAt = now } = read.value;
  const refused = (path: string, message: string): Reading<Period> => ({
    ok: false,
    problems: [{ code: 'not-allowed', path, message }],
  });
  if (toAt > now) return refused('to', 'that instant is still ahead: ask until now at most');
  if (fromAt >= toAt) return refused('from', 'ask for a stretch that ends after it begins');
  if (secondsAfter(fromAt, mostDays * DAY_SECONDS) < toAt) {
    return refused('from', `ask for at most ${mostDays} days`);
  }
  return { ok: true, value: { fromAt, toAt } };
};
