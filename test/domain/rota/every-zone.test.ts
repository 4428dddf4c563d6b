import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { onCallAt } from '#domain/rota/on-call.ts';
import { gapsOf, type OnCallStretch, shiftsBetween } from '#domain/rota/shifts-between.ts';
import { type IntlClock, intlClock, shownAt } from '#test/domain/time/intl-clock.ts';
import { layer, layeredRota, NO_HOLIDAYS } from '#test/support/rotas.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const STEP = 15 * MINUTE;
const PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4'];
const FIRST_DAY = Date.UTC(2011, 0, 1);

type Change = Readonly<{ zone: string; clock: IntlClock; at: number }>;

/**
 * Each clock change of each zone in some years, as Intl shows it; without those at a minute past
 * midnight, which four zones had until 2011.
 */
const changesIn = (fromYear: number, untilYear: number): Change[] => {
  const [from, until] = [Date.UTC(fromYear, 0, 1), Date.UTC(untilYear, 0, 1)];
  return Intl.supportedValuesOf('timeZone').flatMap((zone) => {
    const clock = intlClock(zone, from - 30 * DAY, until + 30 * DAY);
    return clock.flatMap(([at]) =>
      at >= from && at < until && at % STEP === 0 ? [{ zone, clock, at }] : [],
    );
  });
};

const timeOf = (wall: number): string => new Date(wall).toISOString().slice(11, 16);

/** A rota whose only layer hands over at some times of each day. */
const rotaWith = (zone: string, times: readonly string[]) => {
  const handOvers = [...new Set(times)].sort().map((time) => ({ day: 0, time }));
  const rotation = { kind: 'custom', everyDays: 1, handOvers, startsOn: '2011-01-01' };
  return layeredRota([layer('main', PEOPLE, { rotation })], { timeZone: zone });
};

/**
 * From when on who is on call, found by walking through time and looking at the clock. Somebody
 * comes once it has shown the hand-over or anything after, and goes when it will never again show
 * anything before the next hand-over, nor that one.
 */
const byLooking = (clock: IntlClock, times: readonly string[], [start, end]: [number, number]) => {
  const shown: number[] = [];
  for (let at = start; at < end; at += STEP) shown.push(shownAt(clock, at));
  const latestYet = shown.map(() => 0);
  const leastToCome = shown.map(() => Number.POSITIVE_INFINITY);
  for (const [i, wall] of shown.entries()) latestYet[i] = Math.max(latestYet[i - 1] ?? 0, wall);
  for (let i = shown.length - 1; i >= 0; i -= 1) {
    leastToCome[i] = Math.min(leastToCome[i + 1] ?? Number.POSITIVE_INFINITY, shown[i] ?? 0);
  }
  const sorted = [...new Set(times)].sort();
  const walls: [number, number][] = [];
  const firstDate = Math.floor((shown[0] ?? 0) / DAY) * DAY - 2 * DAY;
  for (let date = firstDate; date < (shown.at(-1) ?? 0) + 2 * DAY; date += DAY) {
    for (const [i, time] of sorted.entries()) {
      const n = ((date - FIRST_DAY) / DAY) * sorted.length + i;
      walls.push([n, date + Date.parse(`1970-01-01T${time}Z`)]);
    }
  }
  const stretches: string[] = [];
  let before = '';
  for (const [i] of shown.entries()) {
    const people = walls.slice(0, -1).flatMap(([n, from], j) => {
      const until = walls[j + 1]?.[1] ?? 0;
      const hasCome = (latestYet[i] ?? 0) >= from;
      const hasGone = (leastToCome[i] ?? 0) >= until && (leastToCome[i + 1] ?? until + 1) > until;
      return hasCome && !hasGone ? [PEOPLE[n % PEOPLE.length]] : [];
    });
    if (people.join() !== before) stretches.push(`${start + i * STEP} ${people}`);
    before = people.join();
  }
  return stretches;
};

const isPartition = (stretches: readonly OnCallStretch[], [start, end]: [number, number]) =>
  stretches[0]?.startAt === start &&
  stretches.at(-1)?.endAt === end &&
  stretches.every(
    ({ startAt, endAt }, i) =>
      startAt < endAt && (stretches[i + 1] === undefined || stretches[i + 1]?.startAt === endAt),
  );

const looked = new Map<string, string[]>();

/** Many zones share their clocks: each is looked at once. */
const lookedAt = (clock: IntlClock, times: readonly string[], span: [number, number]) => {
  const name = JSON.stringify([clock, times, span]);
  const known = looked.get(name) ?? byLooking(clock, times, span);
  looked.set(name, known);
  return known;
};

const disagreements = ({ zone, clock, at }: Change, times: readonly string[]): string[] => {
  const span: [number, number] = [at - 1.5 * DAY, at + 1.5 * DAY];
  const stretch = { startAt: instant(span[0]), endAt: instant(span[1]) };
  const rota = rotaWith(zone, times);
  const found = shiftsBetween(rota, stretch, NO_HOLIDAYS);
  const wanted = lookedAt(clock, times, span);
  const name = `${zone} ${new Date(at).toISOString()} ${times}`;
  if (!isPartition(found, span)) return [`${name}: no partition`];
  const told = found.map(({ startAt, people }) => `${startAt} ${people}`);
  return told.join() === wanted.join() ? [] : [`${name}: ${told}, not ${wanted}`];
};

/** Hand-overs just where the clock jumps from, jumps to, between, and far from it. */
const timesAbout = ({ clock, at }: Change): string[][] => {
  const [from, to] = [shownAt(clock, at - 1) + 1, shownAt(clock, at)].sort((a, b) => a - b);
  if (from === undefined || to === undefined) return [];
  const middle = from + Math.floor((to - from) / 2 / STEP) * STEP;
  const [first, last, between] = [timeOf(from), timeOf(to), timeOf(middle)];
  return [[first], [last], [between], ['09:00', '21:00'], [first, between, last]];
};

describe('in every zone of the tz database (prometheus/alertmanager#5447)', () => {
  let changes: readonly Change[] = [];
  beforeAll(() => {
    // Samoa skipped a day at the end of 2011; Lord Howe moves by half an hour in any year.
    changes = [...changesIn(2011, 2012), ...changesIn(2026, 2029)];
  });

  it('hand-overs are where the clock on the wall shows them, also where it changes', () => {
    expect(changes.length).toBeGreaterThan(500);
    const wrong = changes.flatMap((change) =>
      timesAbout(change).flatMap((times) => disagreements(change, times)),
    );
    expect(wrong).toEqual([]);
  });

  it('somebody is on call at every instant, and an instant is asked as a stretch is', () => {
    const anyChange = fc.nat({ max: changes.length - 1 }).map((i) => changes[i]);
    const anyTimes = fc.uniqueArray(fc.nat({ max: 95 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyChange, anyTimes, fc.integer({ min: -DAY, max: DAY }), (change, nth, off) => {
        if (change === undefined) return;
        const rota = rotaWith(
          change.zone,
          nth.map((n) => timeOf(n * STEP)),
        );
        const stretch = { startAt: instant(change.at - DAY), endAt: instant(change.at + DAY + 1) };
        expect(gapsOf(rota, stretch, NO_HOLIDAYS)).toEqual([]);
        const at = instant(change.at + off);
        const stretches = shiftsBetween(rota, stretch, NO_HOLIDAYS);
        const held = stretches.find(({ startAt, endAt }) => startAt <= at && at < endAt);
        expect(onCallAt(rota, at, NO_HOLIDAYS).people).toEqual(held?.people);
      }),
    );
  });
});
