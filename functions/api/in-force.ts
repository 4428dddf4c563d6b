import * as z from 'zod';
import { OLDEST_SECONDS } from '#domain/ingest/admit-event.ts';
import { type Instant, isoInstantSchema, secondsBetween, toIso } from '#domain/model/instant.ts';
import { type Problem, type Reading, readWith } from './problems.ts';

const statedSchema = z.object({ inForceAt: isoInstantSchema.nullable().default(null) });

const problemOf = (inForceAt: Instant, now: Instant): Problem | null => {
  const path = 'inForceAt';
  if (inForceAt > now) {
    const message = 'a change takes effect when it is made, or earlier: put it when it does';
    return { code: 'in-force-ahead', path, message };
  }
  if (secondsBetween(inForceAt, now) > OLDEST_SECONDS) {
    const message = `more than 30 days before ${toIso(now)}: what was heard then stands`;
    return { code: 'in-force-too-old', path, message };
  }
  return null;
};

/**
 * From when a change says that it is in force; null where it does not say, and so from when it is
 * made.
 */
export const readInForceAt = (
  body: Readonly<Record<string, unknown>>,
  now: Instant,
): Reading<Instant | null> => {
  const read = readWith(statedSchema, body);
  if (!read.ok) return read;
  const { inForceAt } = read.value;
  const problem = inForceAt === null ? null : problemOf(inForceAt, now);
  return problem === null ? { ok: true, value: inForceAt } : { ok: false, problems: [problem] };
};
