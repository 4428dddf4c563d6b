import { compileTimeline, type SupervisionHistory } from '#domain/evaluate/supervision-history.ts';
import type { Timeline } from '#domain/evaluate/timeline.ts';
import type { ViolationId, WearerRef } from '#domain/model/ids.ts';
import { DAY_SECONDS, earlierOf, type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Order } from '#domain/model/order.ts';
import type { Violation } from '#domain/model/violation.ts';
import { breachesIn, dispositionsOf } from '#domain/progress/decided.ts';
import type { Found, OrderDates, ProgressFacts } from '#domain/progress/facts.ts';
import { type Course, follow, joined } from '#domain/progress/follow.ts';
import { followedIn, LEAD_SECONDS } from '#domain/progress/gather.ts';
import type { Period } from '#domain/response/wearer-days.ts';
import type { DecisionStore } from './dynamodb/decisions.ts';
import type { LoadParkedStretches } from './dynamodb/parked-stretches.ts';
import type { LoadHistory } from './dynamodb/supervisions.ts';
import type { WearerViolations } from './dynamodb/wearer-violations.ts';
import type { LoadSlices } from './whole-slices.ts';

export type ProgressDeps = Readonly<{
  loadHistory: LoadHistory;
  loadSlices: LoadSlices;
  loadParkedStretches: LoadParkedStretches;
  wearerViolations: WearerViolations;
  decisions: Pick<DecisionStore, 'list'>;
}>;

/** So many violations are read at a time. */
const A_PAGE = 500;

const allViolations = async (
  { wearerViolations }: Pick<ProgressDeps, 'wearerViolations'>,
  wearer: WearerRef,
): Promise<Violation[]> => {
  const all: Violation[] = [];
  for (let id: ViolationId | null = null; ; ) {
    const page = await wearerViolations.from(wearer, { id, isAfter: id !== null }, A_PAGE);
    all.push(...page.violations);
    id = page.violations.at(-1)?.violationId ?? null;
    if (page.isAll || id === null) return all;
  }
};

type Dispositions = ReturnType<typeof dispositionsOf>;

const foundFrom = (violation: Violation, dispositions: Dispositions): Found => {
  const { violationId, conditionId, reason, status, openedAt, endedAt, endReason } = violation;
  const disposition = dispositions.get(violationId) ?? null;
  return { violationId, conditionId, reason, status, openedAt, endedAt, endReason, disposition };
};

/** The newest version of each order. */
const newestOrders = ({ orders }: SupervisionHistory): Order[] =>
  orders.flatMap((versions) => {
    const [newest] = versions.toSorted((a, b) => b.version - a.version);
    return newest === undefined ? [] : [newest.value];
  });

const datesOf = ({ orderId, startsAt, endsAt }: Order): OrderDates => ({
  ...{ orderId, startsAt, endsAt },
});

/** The zone of the order that stands at the end of a period, else of the one that stood last. */
const zoneOf = (orders: readonly Order[], { toAt }: Period): string => {
  const begun = orders
    .filter(({ startsAt }) => startsAt < toAt)
    .toSorted((a, b) => b.startsAt - a.startsAt);
  const standing = begun.find(({ endsAt }) => endsAt === null || endsAt >= toAt);
  return (standing ?? begun[0] ?? orders[0])?.timeZone ?? 'UTC';
};

/** How far a wearer has been evaluated: of who is parked nobody knows what came since. */
const evaluatedUntil = async (
  { loadParkedStretches }: ProgressDeps,
  wearer: WearerRef,
  until: Instant,
): Promise<Instant> => {
  const stretches = await loadParkedStretches(wearer);
  const parked = stretches.find(({ unparkedAt }) => unparkedAt === null);
  return parked === undefined ? until : earlierOf(until, parked.evaluatedUntil);
};

/** So many days of slices are held at a time: a month of a fix a minute is some 40 MB. */
const A_PART_SECONDS = 31 * DAY_SECONDS;

type Followed = Readonly<{ history: SupervisionHistory; timeline: Timeline; course: Course }>;

/** The trail of a stretch gone through once more, part by part. */
const followTrail = async (
  { loadSlices, loadHistory }: ProgressDeps,
  wearer: WearerRef,
  { fromAt, toAt }: Period,
): Promise<Followed> => {
  const partEnd = (at: Instant): Instant => earlierOf(secondsAfter(at, A_PART_SECONDS), toAt);
  const first = await loadSlices(wearer, { fromAt, toAt: partEnd(fromAt) });
  const sinceAt = earlierOf(fromAt, first[0]?.startedAt ?? fromAt);
  const history = await loadHistory(wearer, { sinceAt });
  const timeline = compileTimeline(history, sinceAt);
  let course = follow(timeline, first, partEnd(fromAt));
  for (let at = partEnd(fromAt); at < toAt; at = partEnd(at)) {
    const slices = await loadSlices(wearer, { fromAt: at, toAt: partEnd(at) });
    course = joined(course, follow(timeline, slices, partEnd(at)), at);
  }
  return { history, timeline, course };
};

/**
 * Everything that the progress of a wearer in a period is measured by, from what is on record: the
 * trail gone through once more under the orders of the time, and what was found. Throws
 * MissingDocument as compiling does.
 */
export const loadProgressFacts =
  (deps: ProgressDeps) =>
  async (wearer: WearerRef, period: Period, now: Instant): Promise<ProgressFacts> => {
    const fromAt = secondsAfter(period.fromAt, -LEAD_SECONDS);
    const toAt = await evaluatedUntil(deps, wearer, earlierOf(period.toAt, now));
    const [{ history, timeline, course }, violations, kept] = await Promise.all([
      followTrail(deps, wearer, { fromAt, toAt }),
      allViolations(deps, wearer),
      deps.decisions.list(wearer),
    ]);
    const alerts = await deps.wearerViolations.alertsOf(wearer, violations);
    const decided = { alerts, decisions: kept.map(({ decision }) => decision) };
    const dispositions = dispositionsOf(decided);
    const orders = newestOrders(history);
    return {
      ...{ period, now, timeZone: zoneOf(orders, period), orders: orders.map(datesOf) },
      followed: followedIn(timeline, { fromAt, toAt: period.toAt }, course),
      violations: violations.map((violation) => foundFrom(violation, dispositions)),
      breaches: breachesIn(violations, decided),
      ...{ seen: course.seen, addedUp: course.addedUp },
    };
  };
export type LoadProgressFacts = ReturnType<typeof loadProgressFacts>;
