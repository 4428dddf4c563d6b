import type { CheckPlan, CheckPlans } from '../model/check-plan.ts';
import {
  type CheckInCondition,
  USUAL_ANSWER_SECONDS,
  USUAL_EXPIRE_SECONDS,
} from '../model/conditions/check-in.ts';
import { DAY_SECONDS, earlierOf, type Instant, secondsAfter } from '../model/instant.ts';
import type { Order } from '../model/order.ts';
import { drawChecks } from './draw-checks.ts';

/** Events come up to 30 days late: what was planned until then is still asked about. */
const KEPT_SECONDS = 60 * DAY_SECONDS;

/** When a check that nobody answers is over. */
const expirySecondsOf = ({ answerSeconds, expireSeconds }: CheckInCondition): number =>
  Math.max(answerSeconds ?? USUAL_ANSWER_SECONDS, expireSeconds ?? USUAL_EXPIRE_SECONDS);

export type PlanFor = Readonly<{
  order: Order;
  /** As kept with the version before; null where none is. */
  before: CheckPlans | null;
  /** For an order that has none yet: 64 hexadecimal digits that nobody can foresee. */
  newSeed: string;
  now: Instant;
  /** How far ahead is planned. */
  untilAt: Instant;
}>;

const planOf = (
  condition: CheckInCondition,
  seed: string,
  { order, before, now, untilAt }: PlanFor,
): CheckPlan => {
  const known = before?.plans[condition.conditionId];
  const until = order.endsAt === null ? untilAt : earlierOf(order.endsAt, untilAt);
  const keptFrom = secondsAfter(now, -KEPT_SECONDS);
  const kept = (known?.askedAt ?? []).filter((at) => at < now && at >= keptFrom);
  const drawn = drawChecks(
    {
      ...{ conditionId: condition.conditionId, times: condition.times, seed },
      ...{ timeZone: order.timeZone, countedFrom: order.startsAt },
      apartSeconds: expirySecondsOf(condition),
    },
    { fromAt: now < order.startsAt ? order.startsAt : now, untilAt: until },
  );
  return { fromAt: known?.fromAt ?? now, untilAt: until, askedAt: [...kept, ...drawn] };
};

/**
 * The checks of an order, planned when it is put: what was asked before stays, and what is to come
 * is drawn from the order's own seed, so that an order that changes elsewhere keeps its plan. Null
 * for an order without check-ins.
 */
export const planChecks = (asked: PlanFor): CheckPlans | null => {
  const conditions = asked.order.conditions.filter((condition) => condition.kind === 'check-in');
  if (conditions.length === 0) return null;
  const seed = asked.before?.seed ?? asked.newSeed;
  return {
    seed,
    plans: Object.fromEntries(
      conditions.map((condition) => [condition.conditionId, planOf(condition, seed, asked)]),
    ),
  };
};

export type PlanProblem = Readonly<{ code: string; path: string; message: string }>;

/** So many checks take a third of what an item holds. */
const MOST_PLANNED = 8_000;

/** Within so long any check-in comes round at least once, where one fits at all. */
const ROUND_SECONDS = 10 * 7 * DAY_SECONDS;

type Planned = Readonly<{ plan: CheckPlan; path: string; now: Instant }>;

const problemOf = (condition: CheckInCondition, { plan, path, now }: Planned) => {
  const apartSeconds = expirySecondsOf(condition);
  const coming = plan.askedAt.filter((at) => at >= now);
  const nearer = coming.findIndex(
    (at, i) => (coming[i + 1] ?? at + 1e12) - at < 1e3 * apartSeconds,
  );
  if (plan.askedAt.length > MOST_PLANNED) {
    const message = `${plan.askedAt.length} checks, at most ${MOST_PLANNED}: make them fewer`;
    return { code: 'too-many-checks', path, message };
  }
  if (nearer >= 0) {
    const message = `two checks are nearer than the ${apartSeconds} s until one has expired`;
    return { code: 'checks-too-close', path, message };
  }
  if (coming.length > 0 || plan.untilAt < secondsAfter(now, ROUND_SECONDS)) return null;
  const message = `no check fits: each takes ${apartSeconds} s until it has expired`;
  return { code: 'no-checks', path, message };
};

/** What is wrong with the checks that an order asks for; nothing where all of them can be made. */
export const planProblems = (
  { conditions }: Order,
  plans: CheckPlans | null,
  now: Instant,
): PlanProblem[] =>
  conditions.flatMap((condition, i) => {
    if (condition.kind !== 'check-in') return [];
    const plan = plans?.plans[condition.conditionId];
    return plan === undefined
      ? []
      : (problemOf(condition, { plan, path: `conditions.${i}.times`, now }) ?? []);
  });
