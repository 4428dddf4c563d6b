import * as z from 'zod';
import { certaintySchema } from '../model/conditions/certainty.ts';
import { graceSecondsSchema } from '../model/conditions/curfew.ts';
import { earliest, type Instant } from '../model/instant.ts';
import type { Answer, Judgement } from './rule.ts';

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

/** The answer while a grace runs: judged again when it ends, at the latest. */
export const withinGrace = (graceEndsAt: Instant, answer: Answer): Judgement => {
  const dueAt = earliest([graceEndsAt, answer.dueAt]);
  return { ...answer, dueAt, verdict: 'undetermined', reason: 'within-grace' };
};
