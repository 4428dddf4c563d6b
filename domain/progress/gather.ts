import { endOf } from '../evaluate/planned-checks.ts';
import type { Watch } from '../evaluate/supervision.ts';
import type { Era, Timeline } from '../evaluate/timeline.ts';
import type { WatchId } from '../model/ids.ts';
import type { Period } from '../response/wearer-days.ts';
import { type ActiveInterval, unite } from '../time/interval-sets.ts';
import type { Followed, MeasuredRule, PlannedCheck } from './facts.ts';
import { type Course, measuredRuleOf } from './follow.ts';
import { within } from './stretches.ts';

type Stood = Readonly<{ watch: Watch; rule: MeasuredRule; period: Period }>;

/** What stood in each era, as far as it lies in a period. */
const stoodIn = ({ eras }: Timeline, { fromAt, toAt }: Period): Stood[] =>
  eras.flatMap((era: Era, i) => {
    const next = eras[i + 1]?.fromAt;
    const startsAt = i === 0 ? fromAt : era.fromAt;
    const period = {
      fromAt: startsAt > fromAt ? startsAt : fromAt,
      toAt: next !== undefined && next < toAt ? next : toAt,
    };
    if (period.fromAt >= period.toAt) return [];
    return era.supervision.watches.flatMap((watch) => {
      const rule = measuredRuleOf(watch);
      return rule === null ? [] : [{ watch, rule, period }];
    });
  });

const checksOf = (stood: readonly Stood[]): PlannedCheck[] => {
  const all = stood.flatMap(({ watch, period }) => {
    const { answerSeconds = 0, expireSeconds = 0 } = watch.thresholds;
    const asked = watch.planned?.askedAt ?? [];
    return asked.flatMap((askedAt, i) => {
      if (askedAt < period.fromAt || askedAt >= period.toAt) return [];
      const check = { askedAt, nextAt: asked[i + 1] ?? null };
      return [{ askedAt, expiresAt: endOf(check, Math.max(answerSeconds, expireSeconds)) }];
    });
  });
  return [...new Map(all.map((check) => [check.askedAt, check])).values()];
};

const united = (stood: readonly Stood[], of: (watch: Watch) => readonly ActiveInterval[]) =>
  unite(stood.flatMap(({ watch, period }) => within(of(watch), period)));

/**
 * Each condition that success is measured by, with its hours as they stood in each era, and what
 * was said of it. An hour that a later version brought binds nobody before.
 */
export const followedIn = (timeline: Timeline, period: Period, { said }: Course): Followed[] => {
  const byWatch: Map<WatchId, Stood[]> = Map.groupBy(
    stoodIn(timeline, period),
    ({ watch }) => watch.watchId,
  );
  return [...byWatch].flatMap(([watchId, stood]): Followed[] => {
    const last = stood.at(-1);
    if (last === undefined) return [];
    const { watch, rule } = last;
    return [
      {
        ...{ conditionId: watch.condition.conditionId, rule, said: said.get(watchId) ?? [] },
        hours: united(stood, ({ active }) => active.intervals),
        permitted: united(stood, ({ permitted }) => permitted),
        leastStaySeconds: watch.thresholds.leastStaySeconds ?? 0,
        checks: checksOf(stood),
      },
    ];
  });
};

/** The stretch of time that has to be followed for a period: an appointment may begin before it. */
export const LEAD_SECONDS = 86_400;
