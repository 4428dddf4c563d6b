import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES } from '#domain/evaluate/rules.ts';
import { orderThresholdProblems } from '#domain/evaluate/threshold-problems.ts';
import { orderWith } from '#test/support/orders.ts';
import { superviseWith } from '#test/support/supervisions.ts';

const careRules = RULES.filter(({ kinds }) => kinds.some((kind) => kind === 'device-care'));
const rows = careRules.flatMap(({ name, thresholds }) =>
  Object.keys(thresholds.shape).map((field) => ({ name, field })),
);

describe('given thresholds of an order', () => {
  it('finds fault with exactly those that could not be compiled', () => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...rows),
        fc.oneof(
          fc.integer({ min: -10, max: 200_000 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
        ),
        ({ name, field }, value) => {
          const deviceCare = { thresholds: { [name]: { [field]: value } } };
          const problems = orderThresholdProblems(orderWith({ deviceCare })).filter(
            ({ code }) => code !== 'never-reached',
          );
          const compile = () => superviseWith([], { deviceCare });
          if (problems.length === 0) return void compile();
          refused += 1;
          expect(problems).toMatchObject([
            { path: `deviceCare.thresholds.${name}.${field}`, code: 'out-of-bounds' },
          ]);
          expect(compile).toThrow();
        },
      ),
      { numRuns: 120 },
    );
    expect(refused).toBeGreaterThan(5);
  });

  it('finds none in an order that sets none, nor where the standing conditions are off', () => {
    expect(orderThresholdProblems(orderWith({}))).toEqual([]);
    expect(orderThresholdProblems(orderWith({ deviceCare: null, earlySigns: null }))).toEqual([]);
  });

  const PLACE = { label: 'home', lat: 51.5, lon: -0.1 };
  const curfew = (more: object) => ({
    ...{ conditionId: 'c', kind: 'curfew', timetableId: 'night', place: PLACE, ...more },
  });
  const moves = (thresholds: object) => ({
    deviceCare: { thresholds: { 'location-lost': thresholds } },
  });
  const MOVES = 'deviceCare.thresholds.location-lost.motionSeconds';

  it.each([
    ['motion', moves({ motionSeconds: 3_601 }), MOVES],
    ['a shorter while', moves({ motionSeconds: 901, motionWithinSeconds: 900 }), MOVES],
    [
      'minutes',
      { conditions: [curfew({ atvMinutes: 1_441, atvDays: 1 })] },
      'conditions.0.atvMinutes',
    ],
    [
      'returns',
      { earlySigns: { thresholds: { 'early-warning': { lateSeconds: 481 } } } },
      'earlySigns.thresholds.early-warning.lateSeconds',
    ],
    [
      'an alarm after what is graver',
      { deviceCare: { thresholds: { 'device-silent': { alarmSeconds: 7_201 } } } },
      'deviceCare.thresholds.device-silent.alarmSeconds',
    ],
    [
      'a battery that is low when it is critical already',
      { deviceCare: { thresholds: { battery: { lowPercent: 9 } } } },
      'deviceCare.thresholds.battery.criticalPercent',
    ],
  ])('refuses what can never be told of: %s', (_, order, path) => {
    expect(orderThresholdProblems(orderWith(order))).toMatchObject([
      { path, code: 'never-reached' },
    ]);
  });

  it.each([
    ['as much as there is', moves({ motionSeconds: 900, motionWithinSeconds: 900 })],
    ['a day of absence', { conditions: [curfew({ atvMinutes: 1_440, atvDays: 1 })] }],
    [
      'what an agency may have set beside it',
      { ...moves({ motionSeconds: 3_601 }), thresholdPolicyId: 'own' },
    ],
  ])('takes %s', (_, order) => {
    expect(orderThresholdProblems(orderWith(order))).toEqual([]);
  });

  it('names the condition whose field a rule cannot go by', () => {
    const order = orderWith({
      conditions: [
        { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' },
        {
          conditionId: 'curfew',
          kind: 'curfew',
          timetableId: 'night',
          place: { label: 'home', lat: 51.5, lon: -0.1 },
        },
      ],
    });
    const conditions = order.conditions.map((condition) => ({ ...condition, certainty: 0.2 }));
    expect(orderThresholdProblems({ ...order, conditions })).toMatchObject([
      { path: 'conditions.0.certainty', code: 'out-of-bounds' },
      { path: 'conditions.1.certainty', code: 'out-of-bounds' },
    ]);
  });
});
