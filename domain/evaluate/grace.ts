import * as z from 'zod';
import { certaintySchema } from '../model/conditions/certainty.ts';
import { graceSecondsSchema } from '../model/conditions/curfew.ts';
import { earliest, type Instant, instant, secondsAfter } from '../model/instant.ts';
import type { Answer, Judgement, Memory } from './rule.ts';

/** By which numbers one must be where an order says, but for a grace. */
export const graceThresholds = z.object({
  certainty: certaintySchema,
  graceSeconds: graceSecondsSchema,
});
export const USUAL_GRACE = { certainty: 0.95, graceSeconds: 300 };
export const BASIS_OF_GRACE = {
  certainty: 'chosen in simulation with known truth; the position model decides',
  graceSeconds: 'five minutes, the fixed buffer of a field manual (Attenti)',
};

/** While somebody is where they must not be, evidence ran out at an instant: it is remembered. */
export const unseenFrom = (memory: Memory, since: number | undefined, at: Instant): Memory =>
  since === undefined ? memory : { ...memory, unseenAt: memory.unseenAt ?? at };

type Wrong = Readonly<{ memory: Memory; since: number | undefined; at: Instant }>;

/**
 * Since when somebody is where they must not be. Where evidence ran out before the grace was over,
 * nobody can say that they were so all along: it counts from when they are seen so again. That is
 * done once: whoever is seen only now and then is told of, too.
 */
export const wrongSince = (
  { memory, since, at }: Wrong,
  graceSeconds: number,
): Readonly<{ since: Instant; memory: Memory }> => {
  const from = instant(since ?? at);
  const { unseenAt, ...seen } = memory;
  const wasOver = unseenAt === undefined || unseenAt >= secondsAfter(from, graceSeconds);
  if (wasOver || memory.seenAgainAt !== undefined) return { since: from, memory };
  return { since: at, memory: { ...seen, seenAgainAt: at } };
};

/** The answer while a grace runs: judged again when it ends, at the latest. */
export const withinGrace = (graceEndsAt: Instant, answer: Answer): Judgement => {
  const dueAt = earliest([graceEndsAt, answer.dueAt]);
  return { ...answer, dueAt, verdict: 'undetermined', reason: 'within-grace' };
};
