import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { compileTimetable } from '#domain/time/compile-timetable.ts';
import { read, readClock } from '#domain/time/local-clock.ts';
import { type LocalWindow, WEEKDAYS } from '#domain/time/local-window.ts';
import { type IntlClock, intlClock, shownAt } from './intl-clock.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const ZONES = Intl.supportedValuesOf('timeZone');

type Span = readonly [number, number];
type Change = Readonly<{ at: number; before: number; after: number }>;

const clocks = (fromAt: number, untilAt: number): [string, IntlClock][] =>
  ZONES.map((zone) => [zone, intlClock(zone, fromAt, untilAt)]);

const changesOf = (clock: IntlClock): Change[] =>
  clock.slice(1).map(([at, after], i) => ({ at, before: clock[i]?.[1] ?? 0, after }));

/** Wall times on either side of a change, at its edges and in the midst of the gap or fold. */
const timesAbout = ({ at, before, after }: Change): number[] => {
  const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)];
  const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
  return [low - 75 * MINUTE, low, middle, high, high + 50 * MINUTE];
};

const windowFrom = (start: number, end: number): LocalWindow => {
  const clockText = (wall: number): string => new Date(wall).toISOString().slice(11, 16);
  const day = WEEKDAYS[(Math.floor(start / DAY) + 3) % 7] ?? 'mon';
  return { days: [day], start: clockText(start), end: clockText(end) };
};

/**
 * The rule, by looking at the clock minute after minute: from the first minute that shows the start
 * until the last that shows the end, and where none does, the first that shows anything later.
 */
const byLooking = (minutes: readonly Span[], start: number, end: number): Span | undefined => {
  const first = minutes.find(([, shown]) => shown === start);
  const last = minutes.findLast(([, shown]) => shown === end);
  const from = first ?? minutes.find(([, shown]) => shown > start);
  const until = last ?? minutes.find(([, shown]) => shown > end);
  return from && until ? [from[0], until[0]] : undefined;
};

/** Lays windows over one clock change and compares what they compile to with what looking finds. */
const disagreements = (zone: string, clock: IntlClock, change: Change): string[] => {
  const minutes = Array.from({ length: 5_760 }, (_, i): Span => {
    const at = change.at + (i - 2_880) * MINUTE;
    return [at, shownAt(clock, at)];
  });
  const times = timesAbout(change);
  const pairs = times.flatMap((start, i) => times.slice(i + 1).map((end): Span => [start, end]));
  const horizon = {
    fromAt: instant(change.at - 2 * DAY),
    untilAt: instant(change.at + 2 * DAY),
    tzdataVersion: 'test',
  };
  const none = { timeZone: zone, exceptions: [], validFrom: null, validUntil: null };
  return pairs.flatMap(([start, end]): string[] => {
    if (end - start >= DAY) return [];
    const expected = byLooking(minutes, start, end);
    const windows = [windowFrom(start, end)];
    const { intervals } = compileTimetable({ ...none, windows }, horizon);
    const found = intervals.map(({ startAt, endAt }) => `${startAt} ${endAt}`).join();
    const wanted = expected && expected[0] < expected[1] ? expected.join(' ') : '';
    return found === wanted ? [] : [`${zone} ${JSON.stringify(windows)}: ${found}, not ${wanted}`];
  });
};

describe('every zone of the tz database', () => {
  it.each([
    [2011, 2012],
    [2026, 2028],
  ])('has the clock changes that Intl shows, from %d to %d', (fromYear, untilYear) => {
    const [fromAt, untilAt] = [Date.UTC(fromYear, 0, 1), Date.UTC(untilYear, 0, 1)];
    for (const [zone, expected] of clocks(fromAt, untilAt)) {
      const found = readClock(zone, instant(fromAt), instant(untilAt)).periods.slice(1);
      const within = found.filter(({ startAt }) => startAt > fromAt && startAt <= untilAt);
      const seen = within.map(({ startAt, offsetMilliseconds }) => [startAt, offsetMilliseconds]);
      const told = expected.slice(1).filter(([at]) => at <= untilAt);
      expect([zone, ...seen]).toEqual([zone, ...told]);
    }
  });

  it.each([2011, 2026, 2027])(
    'opens and closes windows over its changes of %d as looking at the clock does',
    (year) => {
      let changes = 0;
      const wrong = clocks(Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)).flatMap(
        ([zone, clock]) =>
          changesOf(clock).flatMap((change) => {
            changes += 1;
            return disagreements(zone, clock, change);
          }),
      );
      expect(wrong).toEqual([]);
      expect(changes).toBeGreaterThan(150);
    },
  );

  it('reads each time about its changes as once, twice or never, as Intl shows it', () => {
    const [fromAt, untilAt] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
    const kinds = { once: 0, twice: 0, never: 0 };
    for (const [zone, clock] of clocks(fromAt, untilAt)) {
      const ours = readClock(zone, instant(fromAt), instant(untilAt));
      for (const change of changesOf(clock)) {
        for (const time of timesAbout(change)) {
          const candidates = [...new Set([time - change.before, time - change.after])];
          const shown = candidates
            .filter((at) => shownAt(clock, at) === time)
            .sort((a, b) => a - b);
          const reading = read(ours, time);
          kinds[reading.kind] += 1;
          if (reading.kind === 'once') expect(shown).toEqual([reading.at]);
          if (reading.kind === 'twice') expect(shown).toEqual([reading.firstAt, reading.lastAt]);
          if (reading.kind === 'never') expect([shown, reading.nextAt]).toEqual([[], change.at]);
        }
      }
    }
    expect(Math.min(kinds.once, kinds.twice, kinds.never)).toBeGreaterThan(100);
  });
});
