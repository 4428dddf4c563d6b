import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conduct, conductOf, FEATURE_NAMES, featuresOf } from '#domain/forecast/features.ts';
import { forecast, LEAST_DAYS } from '#domain/forecast/model.ts';
import { FORECAST_WORDS } from '#domain/forecast/words.ts';
import { DAY_SECONDS, secondsAfter } from '#domain/model/instant.ts';
import { FROM, factsOf, found, ORDER_ID } from '#test/support/progress-facts.ts';

const CLEAR: Conduct = {
  ...{ daysSeen: 28, daysSeen7: 7, violationDays7: 0, violationDays28: 0, lateMinutes14: 0 },
  ...{ lateMinutesBefore: 0, missedAppointments: 0, lateChecks: 0, checks: 10 },
  ...{ missedCharging: 0, runDays: 28, daysSinceStart: 120 },
};
const HARD: Conduct = {
  ...{ ...CLEAR, violationDays7: 4, violationDays28: 9, lateMinutes14: 90, runDays: 0 },
  ...{ lateChecks: 5, missedCharging: 3, missedAppointments: 1 },
};

const count = (max: number) => fc.integer({ min: 0, max });
const conduct = fc.record({
  ...{ daysSeen: fc.integer({ min: LEAST_DAYS, max: 28 }), daysSeen7: count(7) },
  ...{ violationDays7: count(7), violationDays28: count(28), lateMinutes14: count(600) },
  ...{ lateMinutesBefore: count(600), missedAppointments: count(9), lateChecks: count(30) },
  ...{ checks: count(30), missedCharging: count(30), runDays: count(28) },
  daysSinceStart: count(1_000),
});

const probability = (of: Conduct): number => {
  const told = forecast(of);
  return told.is === 'forecast' ? told.probability : Number.NaN;
};

describe('a forecast', () => {
  it('says that there is too little to go by, and no number, of whom little was seen', () => {
    expect(forecast({ ...CLEAR, daysSeen: LEAST_DAYS - 1 })).toEqual({
      ...{ is: 'too-little-data', daysSeen: LEAST_DAYS - 1, leastDays: LEAST_DAYS },
    });
  });

  it('is low after four clear weeks and high after hard ones, and never certain', () => {
    expect(probability(CLEAR)).toBeLessThan(0.2);
    expect(probability(HARD)).toBeGreaterThan(0.6);
    fc.assert(
      fc.property(conduct, (one) => {
        expect(probability(one)).toBeGreaterThanOrEqual(0.02);
        expect(probability(one)).toBeLessThanOrEqual(0.95);
        for (const value of Object.values(featuresOf(one))) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is never lowered by one more violation, miss or late check', () => {
    const worse = ['violationDays7', 'violationDays28', 'missedAppointments'] as const;
    fc.assert(
      fc.property(
        conduct,
        fc.constantFrom(...worse, 'lateChecks', 'missedCharging'),
        (one, what) => {
          const more = { ...one, [what]: one[what] + 1 };
          expect(probability(more)).toBeGreaterThanOrEqual(probability(one));
        },
      ),
    );
  });

  it('gives its reasons by how much they weigh, and what could help', () => {
    const told = forecast(HARD);
    if (told.is !== 'forecast') throw new Error('there was enough to go by');
    const logits = told.raising.map(({ logit }) => logit);
    expect(logits).toEqual(logits.toSorted((a, b) => b - a));
    expect(told.raising.map(({ name }) => name)).toContain('violationDays7');
    for (const name of FEATURE_NAMES) expect(FORECAST_WORDS[name].couldHelp).not.toBe('');
  });
});

describe('the conduct of four weeks', () => {
  const toAt = secondsAfter(FROM, 28 * DAY_SECONDS);
  const facts = (violations: Parameters<typeof found>[0][]) =>
    factsOf({
      ...{ period: { fromAt: FROM, toAt }, now: toAt, timeZone: 'UTC' },
      orders: [
        { orderId: ORDER_ID, startsAt: secondsAfter(FROM, -10 * DAY_SECONDS), endsAt: null },
      ],
      seen: [{ startAt: FROM, endAt: toAt, startsBy: 'validity', endsBy: 'validity' }],
      violations: violations.map((fields) => found(fields)),
    });
  const late = (day: number, more = {}) => ({
    ...{
      reason: 'returned-late' as const,
      openedAt: secondsAfter(FROM, day * DAY_SECONDS + 3_600),
    },
    ...{ endedAt: secondsAfter(FROM, day * DAY_SECONDS + 4_800), ...more },
  });

  it('counts days, minutes and the run since', () => {
    expect(conductOf(facts([late(20), late(24)]))).toMatchObject({
      ...{ daysSeen: 28, violationDays7: 1, violationDays28: 2, lateMinutes14: 40 },
      ...{ lateMinutesBefore: 0, runDays: 3, daysSinceStart: 38 },
    });
  });

  it('holds nothing against anybody that was excused, or taken back', () => {
    const excused = late(24, { status: 'withdrawn', endReason: 'excused' });
    const closed = late(20, { disposition: 'no-action-explained' });
    expect(conductOf(facts([excused, closed]))).toMatchObject({
      ...{ violationDays28: 0, lateMinutes14: 0, runDays: 28 },
    });
  });
});
