import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnedVersionSchema, learnPlace } from '#domain/evaluate/position/learn-places.ts';
import { distanceMetres } from '#domain/geo/plane.ts';
import { position } from '#domain/geo/position.ts';
import type { Fix } from '#domain/model/device-event.ts';
import { instant } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import { at } from '#test/support/supervisions.ts';

const HOME = position(51.5, -0.1);
const DUSK = at('2026-06-01T22:00:00Z');

const fixAt = (minute: number, east: number, north: number, accuracyMetres = 20): Fix => {
  const spot = { lat: 51.5 + north / 111_250, lon: -0.1 + east / 69_450 };
  const made = fix(instant(DUSK + minute * 60_000), spot, { accuracyMetres });
  if (made.kind !== 'fix') throw new Error('not a fix');
  return made;
};

/** A night of eight hours, its fixes scattered by so many metres about a middle. */
const night = (nth: number, scatter: number, middle = { east: 0, north: 0 }): Fix[] =>
  Array.from({ length: 480 }, (_, i) => {
    const [east, north] = [Math.sin(i * 2.4 + nth), Math.cos(i * 1.7 + nth)];
    const spread = scatter * Math.SQRT2;
    const minute = nth * 1_440 + i;
    return fixAt(minute, middle.east + spread * east, middle.north + spread * north);
  });

const nightsOf = (count: number, scatter: number, middle?: { east: number; north: number }) =>
  Array.from({ length: count }, (_, nth) => night(nth, scatter, middle));

const learn = (nights: Fix[][], days: Fix[] = []) =>
  learnPlace(HOME, { nights, days: [...nights.flat(), ...days] });

describe('given nights at home', () => {
  it('learns how widely fixes scatter there, starting from what is usual', () => {
    const scatter = (metres: number) => learn(nightsOf(6, metres))?.scatterMetres ?? 0;
    expect(scatter(30)).toBeGreaterThan(26);
    expect(scatter(30)).toBeLessThan(30);
    expect(scatter(5)).toBeLessThan(11);
  });

  it('learns where the middle is, and is slower to believe one night than many', () => {
    const middle = { east: 20, north: 0 };
    const moved = (nights: number) => {
      const learned = learn(nightsOf(nights, 8, middle));
      return learned === null ? 0 : distanceMetres(HOME, learned);
    };
    expect(moved(1)).toBeLessThan(6);
    expect(moved(12)).toBeGreaterThan(13);
    expect(moved(12)).toBeLessThan(20);
  });

  it('learns which accuracies are stated there more often than elsewhere', () => {
    const out = Array.from({ length: 200 }, (_, i) => fixAt(i, 400 + 60 * i, 0, 6));
    const factors = learn(nightsOf(4, 15), out)?.accuracyFactors ?? [];
    // 20 m at 68 % is a sigma of 13.6 m: the fifth bin. 6 m is one of 5 m: the second.
    expect(factors[4]).toBe(4);
    expect(factors[1]).toBe(0.08);
  });

  it('takes no accuracy for telling where nothing is known of elsewhere', () => {
    const factors = learn(nightsOf(1, 15))?.accuracyFactors ?? [];
    for (const factor of factors.filter((one) => one !== 1)) {
      expect(factor).toBeGreaterThan(0.9);
      expect(factor).toBeLessThan(2.1);
    }
  });

  it('says what can be kept: it reads back as it was', () => {
    const { nights, ...place } = learn(nightsOf(3, 12)) ?? {};
    const version = { at: HOME, fromDay: '2026-06-05', nights, place };
    expect(nights).toBe(3);
    expect(learnedVersionSchema.parse(JSON.parse(JSON.stringify(version)))).toEqual(version);
  });
});

describe('given nights that were not spent at home', () => {
  it('learns nothing of them: whoever sleeps beside a zone does not move home there', () => {
    expect(learn(nightsOf(5, 10, { east: 300, north: 0 }))).toBeNull();
    expect(learn([])).toBeNull();
  });

  it('learns from the others alone', () => {
    const home = nightsOf(4, 12);
    const away = Array.from({ length: 3 }, (_, n) => night(10 + n, 10, { east: 300, north: 0 }));
    const { accuracyFactors: _, ...place } = learn(home) ?? { accuracyFactors: [] };
    expect(learn([...home, ...away])).toMatchObject(place);
  });
});

describe('given anything at all', () => {
  const spot = fc.record({
    east: fc.integer({ min: -120, max: 120 }),
    north: fc.integer({ min: -120, max: 120 }),
    accuracy: fc.integer({ min: 1, max: 60 }),
  });

  it('learns no place that could grow to hide a zone', () => {
    fc.assert(
      fc.property(fc.array(spot, { minLength: 40, maxLength: 80 }), (spots) => {
        const fixes = spots.map(({ east, north, accuracy }, i) => fixAt(i, east, north, accuracy));
        const learned = learn([fixes]);
        if (learned === null) return;
        expect(learned.scatterMetres).toBeLessThanOrEqual(45);
        expect(Math.min(...learned.accuracyFactors)).toBeGreaterThanOrEqual(0.08);
        expect(Math.max(...learned.accuracyFactors)).toBeLessThanOrEqual(4);
        expect(distanceMetres(HOME, learned)).toBeLessThanOrEqual(90);
      }),
    );
  });
});
