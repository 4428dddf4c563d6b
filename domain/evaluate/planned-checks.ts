import type { CheckPlan } from '../model/check-plan.ts';
import type { DeviceEvent } from '../model/device-event.ts';
import { earlierOf, earliest, type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import { covers, windowAt } from '../time/active-intervals.ts';
import { FOREVER, whyNotApplicable } from './hours.ts';
import type { ConditionOf, Judgement, Seen } from './rule.ts';

type Asked = Seen<ConditionOf<'check-in'>>;

/** A check that the wearer has been asked for, the last one by some instant. */
export type OpenCheck = Readonly<{
  askedAt: Instant;
  /** When the next is asked; null where none is planned. */
  nextAt: Instant | null;
}>;

/** How many of a plan's checks have been asked by an instant. */
const countUntil = ({ askedAt }: CheckPlan, at: Instant): number => {
  let [low, high] = [0, askedAt.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((askedAt[middle] ?? FOREVER) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The end of a check's time: a next one begins before, at the latest. */
export const endOf = ({ askedAt, nextAt }: OpenCheck, seconds: number): Instant =>
  earlierOf(secondsAfter(askedAt, seconds), nextAt ?? FOREVER);

/** Whether the wearer is bound at an instant: within the order's dates, and not let off. */
export const isBound = ({ watch: { active } }: Asked, at: Instant): boolean =>
  covers(active, at) && windowAt(active, at) !== undefined;

/** An answer of a kind that the order takes; null for anything else. */
export const answerIn = ({ input, watch }: Asked): 'passed' | 'not-passed' | null => {
  if (input?.kind !== 'check' || !watch.condition.methods.includes(input.method)) return null;
  return resultOf(input);
};

const resultOf = ({ result }: Extract<DeviceEvent, { kind: 'check' }>) => {
  if (result === 'present') return 'passed';
  return result === 'undetermined' ? null : 'not-passed';
};

/** When the order's time is over, whatever was permitted of it; null: it has no end. */
const overAt = ({ active, permitted }: Asked['watch']): Instant | null => {
  const ends = [...active.intervals, ...permitted].map(({ endAt }) => endAt);
  const last = ends.reduce<Instant | null>((a, b) => laterOf(a ?? b, b), null);
  return last === FOREVER ? null : last;
};

/**
 * The check that was asked last, or the judgement where nothing is asked of the wearer. Whatever
 * became of the last one is over with the order.
 */
export const checkOf = (seen: Asked): OpenCheck | Judgement => {
  const { watch, at, memory } = seen;
  const plan = watch.planned;
  if (plan === null || at >= plan.untilAt) {
    const unknown = { verdict: 'undetermined', reason: 'hours-unknown', rests: true } as const;
    return { ...unknown, memory, dueAt: null };
  }
  const count = countUntil(plan, at);
  const [askedAt, plannedAt = null] = [plan.askedAt[count - 1], plan.askedAt[count]];
  const endsAt = overAt(watch);
  const isOver = endsAt !== null && at >= endsAt;
  const nextAt = isOver ? plannedAt : earliest([plannedAt, endsAt]);
  const nothing = { verdict: 'not-applicable', memory: {}, dueAt: nextAt } as const;
  if (isOver) return { ...nothing, reason: 'outside-hours' };
  if (askedAt === undefined) return { ...nothing, reason: 'outside-hours' };
  if (!isBound(seen, askedAt)) return { ...nothing, reason: whyNotApplicable(watch, askedAt) };
  return { askedAt, nextAt };
};
