import { describe, expect, it } from 'vitest';
import { learnFromTrail } from '#domain/evaluate/position/learn-from-trail.ts';
import { learnPlace } from '#domain/evaluate/position/learn-places.ts';
import { position } from '#domain/geo/position.ts';
import type { Fix } from '#domain/model/device-event.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import { at, daily, HOME, superviseWith } from '#test/support/supervisions.ts';

const PLACE = position(HOME.lat, HOME.lon);
const DUSK = at('2026-03-02T19:00:00Z');
const DAWN = at('2026-03-03T07:00:00Z');

const fixAt = (
  when: Instant,
  metresNorth: number,
  fields: Readonly<Record<string, unknown>> = {},
): Fix => {
  const spot = { lat: HOME.lat + metresNorth / 111_250, lon: HOME.lon };
  const made = fix(when, spot, { accuracyMetres: 20, ...fields });
  if (made.kind !== 'fix') throw new Error('not a fix');
  return made;
};
/** So many fixes of a night at a distance, a minute apart. */
const fixes = (count: number, metresNorth: number, fields = {}, from = DUSK): Fix[] =>
  Array.from({ length: count }, (_, i) => fixAt(secondsAfter(from, 60 * i), metresNorth, fields));
const learn = (night: readonly Fix[], days: readonly Fix[] = night) =>
  learnPlace(PLACE, { nights: [night], days });

describe('a night at the place', () => {
  it.each<[string, readonly Fix[], boolean]>([
    ['30 fixes near it', fixes(30, 10), true],
    ['29 fixes near it', fixes(29, 10), false],
    ['four in five near it', [...fixes(40, 10), ...fixes(10, 300)], true],
    ['hardly four in five near it', [...fixes(39, 10), ...fixes(10, 300)], false],
    ['fixes up to 90 m off', fixes(40, 89), true],
    ['fixes just beyond', fixes(40, 91), false],
    ['cell positions', fixes(40, 10, { source: 'cell', accuracyMetres: 20 }), false],
    ['positions too coarse for any bin', fixes(40, 10, { accuracyMetres: 95 }), false],
    [
      'coarse ones beside good ones',
      [...fixes(30, 10), ...fixes(30, 10, { accuracyMetres: 95 })],
      true,
    ],
  ])('is one with %s, or is none', (_, night, isOne) => {
    expect(learn(night)?.nights ?? 0).toBe(isOne ? 1 : 0);
  });

  it('moves the middle by a fifth of the way in one night, by what lies near alone', () => {
    const learned = learn([...fixes(40, 50), ...fixes(10, 400)]);
    expect(learned?.lat).toBeCloseTo(HOME.lat + 10 / 111_250, 6);
    expect(learned?.lon).toBeCloseTo(HOME.lon, 9);
  });

  it('moves it east as it moves it north', () => {
    const east = fixes(40, 0).map((one) => ({
      ...one,
      ...position(one.lat, HOME.lon + 50 / 69_450),
    }));
    const learned = learn(east);
    expect(learned?.lon).toBeCloseTo(HOME.lon + 10 / 69_450, 6);
    expect(learned?.lat).toBeCloseTo(HOME.lat, 9);
  });

  it('adds its own scatter to two nights of what is usual, an outing at 90 m', () => {
    // All fixes 40 m off a middle that moved by a fifth of 40: 32 m, half of it squared an axis.
    expect(learn(fixes(40, 40))?.scatterMetres).toBe(
      Math.round(10 * Math.sqrt((2 * 18 ** 2 + 32 ** 2 / 2) / 3)) / 10,
    );
    const outing = learn([...fixes(40, 0), ...fixes(10, 5_000)]);
    expect(outing?.scatterMetres).toBe(
      Math.round(10 * Math.sqrt((2 * 18 ** 2 + (0.2 * 90 ** 2) / 2) / 3)) / 10,
    );
  });
});

describe('fixes away from the place', () => {
  const NIGHT = fixes(40, 10);
  /** Fixes of 6 m at places a step apart, from so far off. */
  const away = (count: number, from: number, step: number, fields = {}): Fix[] =>
    Array.from({ length: count }, (_, i) =>
      fixAt(secondsAfter(DAWN, 60 * i), from + i * step, { accuracyMetres: 6, ...fields }),
    );
  /** Of the second and the fifth bin: 6 m and 20 m at 68 per cent. */
  const factors = (days: readonly Fix[]) => {
    const learned = learn(NIGHT, [...NIGHT, ...days])?.accuracyFactors ?? [];
    return [learned[1], learned[4]];
  };
  /** By hand: of 40 fixes here all are in the fifth bin, of m elsewhere all are in the second. */
  const reckoned = (m: number) => {
    const [second, fifth] = [(m > 0 ? 1 : 0) / 2, 1 / 2];
    const second0 = (20 * second) / 60 / ((m + 20 * second) / (m + 20));
    const fifth0 = (40 + 20 * fifth) / 60 / ((20 * fifth) / (m + 20));
    return [second0, fifth0].map(
      (factor) => Math.round(1e3 * Math.min(4, Math.max(0.08, factor))) / 1e3,
    );
  };

  it.each([1, 4, 10])('are compared with those at it: %d of them', (count) => {
    expect(factors(away(count, 1_000, 60))).toEqual(reckoned(count));
  });

  it.each<[string, readonly Fix[], number]>([
    ['each once for where it was taken', away(30, 1_000, 0), 1],
    ['again after 50 m, as moved', away(5, 1_000, 51), 5],
    ['not again after less', away(3, 1_000, 24), 1],
    ['from 150 m on', away(1, 151, 0), 1],
    ['and no nearer', away(5, 149, 0), 0],
    ['no cell positions', away(5, 1_000, 60, { source: 'cell' }), 0],
  ])('count %s', (_, days, count) => {
    const expected = count === 0 ? factors([]) : reckoned(count);
    expect(factors(days)).toEqual(expected);
  });
});

describe('a trail under a curfew', () => {
  const supervision = superviseWith(['curfew']);
  const learned = (trail: readonly Fix[]) => learnFromTrail(supervision, trail, '2026-03-04');

  it('counts a night from its beginning until before its end', () => {
    const [first, last] = [fixAt(DUSK, 10), fixAt(DAWN, 10)];
    const within = fixes(29, 10, {}, secondsAfter(DUSK, 60));
    expect(learned([first, ...within])[0]?.nights).toBe(1);
    expect(learned(within)).toEqual([]);
    expect(learned([...within, last])).toEqual([]);
    expect(learned([fixAt(secondsAfter(DUSK, -1), 10), ...within])).toEqual([]);
  });

  it('learns each address of it from its nights', () => {
    const other = { label: "mother's", lat: HOME.lat + 0.02, lon: HOME.lon, timetableId: 'night' };
    const curfew = { conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: HOME };
    const two = superviseWith(
      [],
      { conditions: [{ ...curfew, otherPlaces: [other] }] },
      { timetables: new Map([daily('night', '19:00', '07:00')]) },
    );
    const trail = [...fixes(40, 10), ...fixes(40, 0.02 * 111_250, {}, secondsAfter(DUSK, 86_400))];
    const found = learnFromTrail(two, trail, '2026-03-05');
    expect(found.map(({ at: { lat }, nights }) => [lat, nights])).toEqual([
      [HOME.lat, 1],
      [other.lat, 1],
    ]);
  });
});
