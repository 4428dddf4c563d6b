import * as z from 'zod';
import { earliest, type Instant, instant, secondsAfter } from '../../model/instant.ts';
import type { ViolationReason } from '../../model/reasons.ts';
import { isOutstanding, type KnownVisit } from '../../model/visit.ts';
import type { WatchState } from '../core.ts';
import { asMemory, blended, counted, type Kept, statesOf } from '../early-signs.ts';
import { within } from '../hours.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';

const thresholds = z.object({
  newShare: z.number().min(0.05).max(0.5),
  memoryDays: z.number().min(1).max(90),
  lateSeconds: z.number().min(30).max(7_200),
  lateMostSeconds: z.number().min(30).max(14_400),
  nearCount: z.number().min(1).max(50),
  nearApartSeconds: z.number().int().min(600).max(604_800),
  lowCount: z.number().min(1).max(50),
  slowShare: z.number().min(0.1).max(1),
  visitCount: z.number().int().min(1).max(10),
  visitGraceSeconds: z.number().int().min(0).max(604_800),
  holdSeconds: z.number().int().min(3_600).max(2_592_000),
});
type Asked = Seen<ConditionOf<'early-signs'>, z.infer<typeof thresholds>>;

const isOut = ({ verdict, reason }: WatchState): boolean =>
  verdict === 'violated' || reason === 'within-grace';

/** Seconds out in each night of a curfew, whether or not they came to a violation. */
const countNight = ({ core, watch, at }: Asked, kept: Kept): void => {
  const states = statesOf(core, 'curfew-absence');
  const isAtHome = states.some(({ verdict }) => verdict === 'satisfied');
  const isAway = !isAtHome && states.some(isOut);
  const isOver = states.every(({ verdict }) => verdict === 'not-applicable');
  if (kept.outAt !== undefined && !isAway) {
    // Where they were while nothing was heard is not held against them.
    const isSilent = states.some(({ reason }) => reason === 'no-recent-evidence');
    if (!isSilent) kept.outSeconds = (kept.outSeconds ?? 0) + (at - kept.outAt) / 1_000;
    delete kept.outAt;
  }
  if (isAway) kept.outAt ??= at;
  if (isAtHome || isAway) kept.night = 1;
  if (!isOver || kept.night === undefined) return;
  const { newShare, lateMostSeconds } = watch.thresholds;
  kept.late = blended(kept.late, Math.min(kept.outSeconds ?? 0, lateMostSeconds), newShare);
  if (kept.late < 1) delete kept.late;
  delete kept.night;
  delete kept.outSeconds;
};

/** Times near a zone, or in its buffer; those soon after one another are the same. */
const countNear = ({ core, watch, at }: Asked, kept: Kept): void => {
  const { memoryDays, nearApartSeconds } = watch.thresholds;
  const isNear = statesOf(core, 'exclusion-zone').some(
    ({ reason }) => reason === 'near-the-edge' || reason === 'inside-buffer',
  );
  const isNew = kept.nearAt === undefined || at - kept.nearAt >= 1_000 * nearApartSeconds;
  if (isNear && kept.isNear === undefined && isNew) {
    kept.near = counted({ count: kept.near, countedAt: kept.nearAt }, at, memoryDays);
    kept.nearAt = at;
  }
  if (isNear) kept.isNear = 1;
  else delete kept.isNear;
};

/** Times that the battery was let run low. */
const countLow = ({ core, watch, at }: Asked, kept: Kept): void => {
  const isLow = statesOf(core, 'battery').some(({ verdict }) => verdict === 'violated');
  if (isLow && kept.isLow === undefined) {
    const { memoryDays } = watch.thresholds;
    kept.low = counted({ count: kept.low, countedAt: kept.lowAt }, at, memoryDays);
    kept.lowAt = at;
  }
  if (isLow) kept.isLow = 1;
  else delete kept.isLow;
};

/** The share of their time that answers to checks take; the whole of it where none came. */
const countSlow = ({ core, watch, at }: Asked, kept: Kept): void => {
  const states = statesOf(core, 'check-missed');
  const passed = states.find(({ memory }) => memory.passedAt === at);
  const isMissed = states.some(({ verdict }) => verdict === 'violated');
  const isNewlyMissed = isMissed && kept.isMissed === undefined;
  if ((passed !== undefined || isNewlyMissed) && kept.slowAt !== at) {
    const share = isNewlyMissed ? 1 : (passed?.memory.share ?? 1);
    kept.slow = blended(kept.slow, share, watch.thresholds.newShare);
    kept.slowAt = at;
  }
  if (isMissed) kept.isMissed = 1;
  else delete kept.isMissed;
};

const visitDueAt = ({ watch }: Asked, { until }: KnownVisit): Instant =>
  secondsAfter(until, watch.thresholds.visitGraceSeconds);

/** Home visits of which nobody has said in time what came. */
const countVisits = (seen: Asked, kept: Kept): void => {
  const { watch, at } = seen;
  kept.visits = watch.visits.filter((visit) =>
    isOutstanding(visit, visitDueAt(seen, visit), at),
  ).length;
};

/** When the next visit is overdue that nobody has said anything of. */
const nextVisitAt = (seen: Asked): Instant | null =>
  earliest(
    seen.watch.visits
      .filter(({ outcomeAt }) => outcomeAt === null)
      .map((visit) => visitDueAt(seen, visit))
      .filter((dueAt) => dueAt > seen.at),
  );

/** What is told of, in the order in which it is told: the number that it is kept by. */
const SIGNS = [
  { name: 'late', most: 'lateSeconds', reason: 'returning-later' },
  { name: 'near', most: 'nearCount', reason: 'near-zones' },
  { name: 'low', most: 'lowCount', reason: 'charging-late' },
  { name: 'slow', most: 'slowShare', reason: 'checks-fading' },
  { name: 'visits', most: 'visitCount', reason: 'visit-overdue' },
] as const satisfies readonly Readonly<{ name: string; most: string; reason: ViolationReason }>[];

const VISITS_TOLD = 1 + SIGNS.findIndex(({ reason }) => reason === 'visit-overdue');

/**
 * A sign stands for a while after it is told of; meanwhile it is counted afresh. Of visits it
 * stands no longer than until their outcome is on record.
 */
const judgeSigns = (seen: Asked, kept: Kept): Judgement => {
  const { watch, at } = seen;
  const { thresholds: numbers } = watch;
  const isSettled = kept.told === VISITS_TOLD && kept.visits === 0;
  const isHeld =
    kept.toldAt !== undefined && at < secondsAfter(instant(kept.toldAt), numbers.holdSeconds);
  const isStanding = isHeld && !isSettled;
  if (!isStanding) {
    delete kept.toldAt;
    delete kept.told;
    const sign = SIGNS.findIndex(({ name, most }) => (kept[name] ?? 0) >= numbers[most]);
    const found = SIGNS[sign];
    if (found !== undefined) {
      kept.toldAt = at;
      kept.told = sign + 1;
      delete kept[found.name];
    }
  }
  const told = SIGNS[(kept.told ?? 0) - 1];
  // Visits are counted each time: nothing of them need be kept.
  const memory = asMemory({ ...kept, visits: 0 });
  const visitAt = nextVisitAt(seen);
  if (told === undefined || kept.toldAt === undefined) {
    return { verdict: 'satisfied', reason: 'in-order', memory, dueAt: visitAt };
  }
  const since = instant(kept.toldAt);
  const dueAt = earliest([secondsAfter(since, numbers.holdSeconds), visitAt]);
  return { verdict: 'violated', reason: told.reason, since, claims: null, memory, dueAt };
};

/**
 * Signs that go before a breach, from what the other rules found: returns that come later into the
 * curfew, times near a zone, a battery let run low, checks answered later and later; and a home
 * visit of which nobody has said what came. The officer is told quietly, and nothing is enforced;
 * of an order that is over, nothing. It is judged after all other watches.
 */
export const earlyWarning = defineRule({
  name: 'early-warning',
  says: 'What often goes before a breach is told to the officer while there is time to talk.',
  kinds: ['early-signs'],
  suffix: null,
  thresholds,
  usual: {
    ...{ newShare: 0.3, memoryDays: 14, lateSeconds: 150, lateMostSeconds: 480 },
    ...{ nearCount: 2.5, nearApartSeconds: 43_200, lowCount: 2.5 },
    ...{ slowShare: 0.75, visitCount: 1, visitGraceSeconds: 3_600, holdSeconds: 86_400 },
  },
  basis: {
    newShare: 'chosen: three nights in a row count, one alone never does',
    memoryDays: 'chosen: two weeks, as the forecast of a field prototype looks ahead (14 days)',
    lateSeconds: 'chosen: half of the usual grace, night after night',
    lateMostSeconds: 'chosen: so that one long absence, which has an alert of its own, is no trend',
    nearCount: 'chosen: three times within some days',
    nearApartSeconds: 'chosen: one half day counts once',
    lowCount: 'chosen: three times within some days',
    slowShare: 'chosen: three quarters of the time to answer, check after check',
    visitCount: 'chosen: each visit that was planned',
    visitGraceSeconds: 'chosen: an hour to write down what came of it',
    holdSeconds: 'chosen: a day, so that nobody is told of the same more often',
  },
  isEvidence: () => false,
  judge: (all) =>
    within(all, (seen, { edgeAt }) => {
      const kept: Kept = { ...seen.memory };
      countNight(seen, kept);
      countNear(seen, kept);
      countLow(seen, kept);
      countSlow(seen, kept);
      countVisits(seen, kept);
      const judged = judgeSigns(seen, kept);
      return { ...judged, dueAt: earliest([judged.dueAt, edgeAt]) };
    }),
});
