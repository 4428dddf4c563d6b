import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '#domain/model/instant.ts';
import { compileTimetable } from '#domain/time/compile-timetable.ts';
import { EVERY_DAY, timetableOf } from './compiled.ts';
import { type IntlClock, intlClock, offsetReader, shownAt } from './intl-clock.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const ZONES = Intl.supportedValuesOf('timeZone');

const clocks = new Map<string, IntlClock>();
const clockOf = (zone: string, year: number): IntlClock => {
  const key = `${zone} ${year}`;
  const clock = clocks.get(key) ?? intlClock(zone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
  clocks.set(key, clock);
  return clock;
};

type Night = Readonly<{ start: string; end: string }>;
type Stretch = Readonly<{ fromAt: number; untilAt: number }>;

const secondsOf = (time: string): number => {
  const [h = 0, m = 0, s = 0] = time.split(':').map(Number);
  return 3_600 * h + 60 * m + s;
};

const compiled = (timeZone: string, { start, end }: Night, { fromAt, untilAt }: Stretch) =>
  compileTimetable(timetableOf({ timeZone, windows: [{ days: EVERY_DAY, start, end }] }), {
    ...{ fromAt: instant(fromAt), untilAt: instant(untilAt) },
    tzdataVersion: 'test',
  }).intervals;

const secondsBetween = (intervals: readonly Readonly<{ startAt: Instant; endAt: Instant }>[]) =>
  intervals.reduce((sum, { startAt, endAt }) => sum + (endAt - startAt) / SECOND, 0);

/** Whether a wall clock that shows this time of day is within the night. */
const isNight = (shown: number, { start, end }: Night): boolean => {
  const ofDay = (((shown % DAY) + DAY) % DAY) / SECOND;
  return ofDay >= secondsOf(start) || ofDay < secondsOf(end);
};

/** The seconds of a stretch at which the clock, looked at so often, shows a time of the night. */
const byLooking = (
  shown: (at: number) => number,
  { fromAt, untilAt }: Stretch,
  { night, every }: Readonly<{ night: Night; every: number }>,
): number => {
  let seconds = 0;
  for (let at = fromAt; at < untilAt; at += every) {
    if (isNight(shown(at), night)) seconds += every / SECOND;
  }
  return seconds;
};

const NIGHT: Night = { start: '19:00', end: '07:00' };

describe('the minutes of a curfew from 19:00 to 07:00', () => {
  it.each([2011, 2026])(
    'are those that clocks show about every change of %d, in every zone',
    (year) => {
      let changes = 0;
      const wrong = ZONES.flatMap((zone) => {
        const clock = clockOf(zone, year);
        return clock.slice(1).flatMap(([changeAt]) => {
          changes += 1;
          const stretch = { fromAt: changeAt - 15 * HOUR, untilAt: changeAt + 15 * HOUR };
          const looked = byLooking((at) => shownAt(clock, at), stretch, {
            ...{ night: NIGHT, every: MINUTE },
          });
          const found = secondsBetween(compiled(zone, NIGHT, stretch));
          return found === looked ? [] : [`${zone} ${year}: ${found} s, not ${looked}`];
        });
      });
      expect(wrong).toEqual([]);
      expect(changes).toBeGreaterThan(150);
    },
  );

  it.each<[string, string, string, number]>([
    ['clocks put forward in London', 'Europe/London', '2026-03-28', 11],
    ['clocks put back in London', 'Europe/London', '2026-10-24', 13],
    ['half an hour forward on Lord Howe', 'Australia/Lord_Howe', '2026-10-03', 11.5],
    ['half an hour back on Lord Howe', 'Australia/Lord_Howe', '2026-04-04', 12.5],
    ['two hours forward at Troll', 'Antarctica/Troll', '2026-03-28', 10],
    ['two hours back at Troll', 'Antarctica/Troll', '2026-10-24', 14],
    ['half an hour back for good in Pyongyang', 'Asia/Pyongyang', '2015-08-14', 12.5],
    ['half an hour forward for good in Pyongyang', 'Asia/Pyongyang', '2018-05-04', 11.5],
    ['half an hour forward in Caracas', 'America/Caracas', '2016-04-30', 11.5],
    ['no midnight in Cairo', 'Africa/Cairo', '2026-04-23', 11],
    ['the start of Ramadan in Casablanca', 'Africa/Casablanca', '2026-02-14', 13],
    ['a day skipped on Kiritimati', 'Pacific/Kiritimati', '1994-12-30', 12],
    ['a day skipped on Kwajalein', 'Pacific/Kwajalein', '1993-08-20', 12],
    ['a day skipped in Samoa', 'Pacific/Apia', '2011-12-29', 12],
    ['an ordinary night in Nepal', 'Asia/Kathmandu', '2026-06-01', 12],
    ['an ordinary night on Chatham', 'Pacific/Chatham', '2026-06-01', 12],
  ])('with %s are those that Intl shows minute by minute', (_, zone, date, hours) => {
    const offsetAt = offsetReader(zone);
    const shown = (at: number): number => at + offsetAt(at);
    // The first instant at which the zone's clock shows noon of the day on which the night begins.
    const noon = Date.parse(`${date}T12:00Z`);
    const noonAt = noon - offsetAt(noon - offsetAt(noon));
    expect(shown(noonAt)).toBe(noon);
    const stretch = { fromAt: noonAt, untilAt: noonAt + 22 * HOUR };
    const looked = byLooking(shown, stretch, { night: NIGHT, every: MINUTE });
    const intervals = compiled(zone, NIGHT, stretch);
    expect([secondsBetween(intervals), looked]).toEqual([3_600 * hours, 3_600 * hours]);
  });
});

describe('the edges of a curfew that is written to the second', () => {
  const ODD: Night = { start: '19:00:07', end: '06:59:53' };

  /** Whether the clock comes to a time of day at this instant, from the second before it. */
  const turnsTo = (clock: IntlClock, at: number, time: string): boolean => {
    const ofDay = (instantAt: number): number =>
      (((shownAt(clock, instantAt) % DAY) + DAY) % DAY) / SECOND;
    return ofDay(at) === secondsOf(time) && ofDay(at - SECOND) === secondsOf(time) - 1;
  };

  it('lie on that second, on every night of a year in every zone', () => {
    const year = { fromAt: Date.UTC(2026, 0, 1), untilAt: Date.UTC(2027, 0, 1) };
    let edges = 0;
    const wrong = ZONES.flatMap((zone) => {
      const clock = clockOf(zone, 2026);
      const nights = compiled(zone, ODD, year);
      edges += 2 * nights.length;
      return nights.flatMap(({ startAt, endAt, startsBy, endsBy }) => [
        ...(startsBy === 'horizon' || turnsTo(clock, startAt, ODD.start)
          ? []
          : [`${zone} ${startAt}`]),
        ...(endsBy === 'horizon' || turnsTo(clock, endAt, ODD.end) ? [] : [`${zone} ${endAt}`]),
      ]);
    });
    expect(wrong).toEqual([]);
    expect(edges).toBeGreaterThan(2 * 364 * ZONES.length);
  });

  it('leave as many seconds between them as Intl shows on a night of change, to the second', () => {
    const nights = fc.record({
      zone: fc.constantFrom(
        'Europe/London',
        'Australia/Lord_Howe',
        'America/St_Johns',
        'Asia/Beirut',
      ),
      change: fc.nat(),
      // Away from the hours at which clocks change: what a window's own edge does there is a rule.
      start: fc.integer({ min: 18 * 3_600, max: 22 * 3_600 }),
      end: fc.integer({ min: 5 * 3_600, max: 9 * 3_600 }),
    });
    const clockText = (seconds: number): string =>
      new Date(seconds * SECOND).toISOString().slice(11, 19);
    fc.assert(
      fc.property(nights, ({ zone, change, start, end }) => {
        const clock = clockOf(zone, 2026);
        const [changeAt = 0] = clock[1 + (change % (clock.length - 1))] ?? [];
        const night = { start: clockText(start), end: clockText(end) };
        const stretch = {
          fromAt: changeAt - 11 * HOUR,
          untilAt: changeAt + 13 * HOUR,
        };
        const looked = byLooking((at) => shownAt(clock, at), stretch, { night, every: SECOND });
        expect(secondsBetween(compiled(zone, night, stretch))).toBe(looked);
      }),
      { numRuns: 6 },
    );
  });
});
