import * as z from 'zod';
import { certaintySchema } from '../model/conditions/certainty.ts';
import { graceSecondsSchema } from '../model/conditions/curfew.ts';
import { earliest, type Instant, instant, secondsAfter } from '../model/instant.ts';
import type { Condition } from '../model/order.ts';
import type { Answer, Judgement, Memory, Seen } from './rule.ts';

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

/** The name under which a rule remembers since when somebody is where they must not be. */
type SinceName = 'outSince' | 'wrongSince';
type Asked = Pick<Seen<Condition, z.infer<typeof graceThresholds>>, 'watch' | 'memory' | 'at'>;

/** What is remembered where evidence has run out, while somebody is where they must not be. */
export const unseenFrom = ({ memory, at }: Asked, name: SinceName): Memory =>
  memory[name] === undefined ? memory : { ...memory, unseenAt: memory.unseenAt ?? at };

/**
 * Since when somebody is where they must not be. Where evidence ran out before the grace was over,
 * nobody can say that they were so all along: it counts from when they are seen so again. That is
 * done once: whoever is seen only now and then is told of, too.
 */
const sinceThen = ({ memory, watch, at }: Asked, name: SinceName): Memory => {
  const since = instant(memory[name] ?? at);
  const { unseenAt, seenAgainAt, ...seen } = memory;
  const graceEndsAt = secondsAfter(since, watch.thresholds.graceSeconds);
  const wasOver = unseenAt === undefined || unseenAt >= graceEndsAt;
  if (wasOver || seenAgainAt !== undefined) return { ...memory, [name]: since };
  return { ...seen, [name]: at, seenAgainAt: at };
};

/** The answer while a grace runs: judged again when it ends, at the latest. */
export const withinGrace = (graceEndsAt: Instant, answer: Answer): Judgement => {
  const dueAt = earliest([graceEndsAt, answer.dueAt]);
  return { ...answer, dueAt, verdict: 'undetermined', reason: 'within-grace' };
};

/** Of somebody who is where they must not be: nothing yet within the grace, then what is told. */
export const afterGrace = (
  seen: Asked,
  { name, dueAt }: Readonly<{ name: SinceName; dueAt: Instant | null }>,
  tell: (answer: Answer, since: Instant) => Judgement,
): Judgement => {
  const memory = sinceThen(seen, name);
  const since = instant(memory[name] ?? seen.at);
  const graceEndsAt = secondsAfter(since, seen.watch.thresholds.graceSeconds);
  const answer = { memory, dueAt };
  return seen.at < graceEndsAt ? withinGrace(graceEndsAt, answer) : tell(answer, since);
};
