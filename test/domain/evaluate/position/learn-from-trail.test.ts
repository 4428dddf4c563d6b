import { describe, expect, it } from 'vitest';
import { isToLearn, learnFromTrail } from '#domain/evaluate/position/learn-from-trail.ts';
import { position } from '#domain/geo/position.ts';
import type { Fix } from '#domain/model/device-event.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';

const DAY = 86_400_000;
const NOON = at('2026-03-02T12:00:00Z');
const SUPERVISION = superviseWith(['curfew']);

/** Days at home with fixes scattered by some metres; the curfew runs from 19:00 to 07:00. */
const daysAtHome = (count: number, metres: number): Fix[] =>
  Array.from({ length: count * 288 }, (_, i) => {
    const [north, east] = [Math.sin(i * 2.4) * metres, Math.cos(i * 1.7) * metres];
    const spot = { lat: HOME.lat + north / 111_250, lon: HOME.lon + east / 69_450 };
    return fix(instant(NOON + i * 300_000), spot, { accuracyMetres: 20 });
  }).filter((event) => event.kind === 'fix');

describe('given a trail of nights at the curfew address', () => {
  it('learns the address once, from its nights', () => {
    const learned = learnFromTrail(SUPERVISION, daysAtHome(5, 10), '2026-03-07');
    expect(learned).toMatchObject([
      { at: { lat: HOME.lat, lon: HOME.lon }, fromDay: '2026-03-07', nights: 5 },
    ]);
  });

  it('learns a narrower scatter from a trail that scatters less', () => {
    const scatter = (metres: number) =>
      learnFromTrail(SUPERVISION, daysAtHome(5, metres), '2026-03-07')[0]?.place.scatterMetres;
    expect(scatter(5)).toBeLessThan(scatter(30) ?? 0);
  });
});

describe('given days that teach nothing of it', () => {
  it('learns nothing from hours outside the curfew', () => {
    const byDay = daysAtHome(5, 10).filter(({ recordedAt }) => {
      const hour = new Date(recordedAt).getUTCHours();
      return hour >= 8 && hour < 18;
    });
    expect(learnFromTrail(SUPERVISION, byDay, '2026-03-07')).toEqual([]);
  });

  it('learns nothing of nights spent elsewhere, nor without a curfew, nor from no trail', () => {
    const elsewhere = daysAtHome(5, 10).map((one) => ({
      ...one,
      ...position(one.lat + 0.01, one.lon),
    }));
    expect(learnFromTrail(SUPERVISION, elsewhere, '2026-03-07')).toEqual([]);
    expect(learnFromTrail(superviseWith(['zone']), daysAtHome(5, 10), '2026-03-07')).toEqual([]);
    expect(learnFromTrail(SUPERVISION, [], '2026-03-07')).toEqual([]);
  });
});

describe('it is time to learn', () => {
  const known = (nights: number, learnedAt: Instant) => ({
    learnedAt,
    places: learnFromTrail(SUPERVISION, daysAtHome(2, 10), '2026-03-04').map((one) => ({
      ...one,
      nights,
    })),
  });
  const later = (days: number) => instant(NOON + days * DAY);

  it('where nothing is known, and each day while little is', () => {
    expect(isToLearn(null, NOON)).toBe(true);
    expect(isToLearn(known(3, NOON), later(0.9))).toBe(false);
    expect(isToLearn(known(3, NOON), later(1))).toBe(true);
  });

  it('after a week where the place is known well', () => {
    expect(isToLearn(known(7, NOON), later(6.9))).toBe(false);
    expect(isToLearn(known(7, NOON), later(7))).toBe(true);
  });
});
