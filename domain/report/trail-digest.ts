import type { DeviceEvent, FixSource } from '../model/device-event.ts';
import { type Instant, secondsBetween } from '../model/instant.ts';
import type { Activation } from '../model/wearer.ts';
import type { Gap } from '../trail/gaps.ts';
import type { ReportPeriod } from './asked-report.ts';
import { type LocalDay, localDays } from './local-days.ts';
import { unwornIn, type Worn, wornIn } from './worn.ts';

/** Two fixes further apart than this leave a gap, as on the trail's own page. */
export const GAP_SECONDS = 300;
/** What reached us later than this after it was recorded is said to have come late. */
const LATE_SECONDS = 900;
/** So many of the longest gaps are told one by one; of the rest, how many and how long. */
const MOST_GAPS = 30;

/** What devices said on one local day, and for how long they said nothing of where. */
export type DayHeard = LocalDay &
  Readonly<{
    events: number;
    fixes: number;
    checks: number;
    gapSeconds: number;
    /** For so long a device was on the wearer. */
    wornSeconds: number;
  }>;

/** What came of a trail over a period: numbers, and the longest gaps; no position. */
export type TrailDigest = Readonly<{
  events: number;
  fixes: number;
  checks: number;
  statuses: number;
  bySource: Readonly<Record<FixSource, number>>;
  /** Fixes with a stated accuracy; and of them within 10, 30 and 100 metres. */
  accuracy: Readonly<{ stated: number; within10: number; within30: number; within100: number }>;
  firstAt: Instant | null;
  lastAt: Instant | null;
  /** Stretches of more than five minutes without a fix while a device was on; cells are none. */
  gaps: Readonly<{ count: number; seconds: number; longest: readonly Gap[] }>;
  /** Stretches of the period in which no device was on the wearer. */
  unworn: readonly Gap[];
  wornSeconds: number;
  late: Readonly<{ count: number; worstSeconds: number }>;
  days: readonly DayHeard[];
}>;

type Tally = { events: number; fixes: number; checks: number; gapSeconds: number };

const byLength = (a: Gap, b: Gap): number =>
  b.toAt - b.fromAt - (a.toAt - a.fromAt) || a.fromAt - b.fromAt;

const overlapSeconds = (gap: Gap, { startAt, endAt }: LocalDay): number =>
  Math.max(0, Math.min(gap.toAt, endAt) - Math.max(gap.fromAt, startAt)) / 1000;

/** Gathers gaps as they are found, in order, and shares each among the days that it lies in. */
const gapsFound = (days: readonly LocalDay[], tallies: readonly Tally[]) => {
  let [count, seconds, day] = [0, 0, 0];
  let longest: Gap[] = [];
  const add = (gap: Gap): void => {
    count += 1;
    seconds += secondsBetween(gap.fromAt, gap.toAt);
    longest.push(gap);
    if (longest.length > 4 * MOST_GAPS) longest = longest.sort(byLength).slice(0, MOST_GAPS);
    while (day < days.length - 1 && (days[day]?.endAt ?? 0) <= gap.fromAt) day += 1;
    for (let i = day; i < days.length; i += 1) {
      const [one, tally] = [days[i], tallies[i]];
      if (one === undefined || tally === undefined || one.startAt >= gap.toAt) break;
      tally.gapSeconds += overlapSeconds(gap, one);
    }
  };
  const end = () => ({ count, seconds, longest: longest.sort(byLength).slice(0, MOST_GAPS) });
  return { add, end };
};

/**
 * Counts a trail while it is read, event by event in the order of time, so that a year of it needs
 * no more memory than a day. What is recorded outside the period is left out.
 */
export const countTrail = (
  period: ReportPeriod,
  { timeZone, activations }: Readonly<{ timeZone: string; activations: readonly Activation[] }>,
) => {
  const days = localDays(period, timeZone);
  const tallies: Tally[] = days.map(() => ({ events: 0, fixes: 0, checks: 0, gapSeconds: 0 }));
  const worn = wornIn(activations, period);
  const gaps = gapsFound(days, tallies);
  const bySource: Record<FixSource, number> = { gnss: 0, wifi: 0, cell: 0, rf: 0 };
  const accuracy = { stated: 0, within10: 0, within30: 0, within100: 0 };
  const late = { count: 0, worstSeconds: 0 };
  let [statuses, day] = [0, 0];
  let firstAt: Instant | null = null;
  let lastAt: Instant | null = null;
  let lastFixAt: Instant = period.fromAt;

  const silentUntil = (toAt: Instant): void => {
    for (const gap of gapsWithin(worn, { fromAt: lastFixAt, toAt })) gaps.add(gap);
  };

  const addFix = (event: DeviceEvent & { kind: 'fix' }): void => {
    bySource[event.source] += 1;
    if (event.accuracyMetres !== null) {
      accuracy.stated += 1;
      if (event.accuracyMetres <= 10) accuracy.within10 += 1;
      if (event.accuracyMetres <= 30) accuracy.within30 += 1;
      if (event.accuracyMetres <= 100) accuracy.within100 += 1;
    }
    if (event.source === 'cell') return;
    silentUntil(event.recordedAt);
    lastFixAt = event.recordedAt;
  };

  const add = (event: DeviceEvent): void => {
    const { recordedAt: at } = event;
    if (at < period.fromAt || at >= period.untilAt) return;
    firstAt ??= at;
    lastAt = at;
    while (day < days.length - 1 && (days[day]?.endAt ?? 0) <= at) day += 1;
    const tally = tallies[day];
    if (tally !== undefined) tally.events += 1;
    const waited = secondsBetween(at, event.receivedAt);
    if (waited > LATE_SECONDS) late.count += 1;
    if (waited > late.worstSeconds) late.worstSeconds = waited;
    if (event.kind === 'fix') {
      if (tally !== undefined) tally.fixes += 1;
      addFix(event);
    } else if (event.kind === 'check') {
      if (tally !== undefined) tally.checks += 1;
    } else statuses += 1;
  };

  const end = (): TrailDigest => {
    silentUntil(period.untilAt);
    const heard = days.map((one, i) => ({
      ...{ ...one, ...(tallies[i] ?? { ...NOTHING }) },
      wornSeconds: worn.reduce((all, stretch) => all + overlapSeconds(stretch, one), 0),
    }));
    const sum = (name: keyof Tally) => tallies.reduce((all, one) => all + one[name], 0);
    return {
      ...{ events: sum('events'), fixes: sum('fixes'), checks: sum('checks'), statuses },
      ...{ bySource, accuracy, firstAt, lastAt, gaps: gaps.end(), late, days: heard },
      unworn: unwornIn(worn, period),
      wornSeconds: worn.reduce((all, one) => all + secondsBetween(one.fromAt, one.toAt), 0),
    };
  };
  return { add, end };
};
export type TrailCounter = ReturnType<typeof countTrail>;

const NOTHING: Tally = { events: 0, fixes: 0, checks: 0, gapSeconds: 0 };

/** What of a stretch without a fix is a gap: only while a device was on. */
const gapsWithin = (worn: readonly Worn[], { fromAt, toAt }: Gap): Gap[] => {
  if (secondsBetween(fromAt, toAt) <= GAP_SECONDS) return [];
  return worn.flatMap((one) => {
    const gap = {
      fromAt: one.fromAt > fromAt ? one.fromAt : fromAt,
      toAt: one.toAt < toAt ? one.toAt : toAt,
    };
    return secondsBetween(gap.fromAt, gap.toAt) > GAP_SECONDS ? [gap] : [];
  });
};
