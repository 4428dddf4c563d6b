import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyAt } from '#domain/evaluate/battery/discharge.ts';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { ruleCalled } from '#domain/evaluate/rules.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { isNudgeReason } from '#domain/model/reasons.ts';
import { drainsFast, isCharged, isNotCharged, runsDown } from '#local/worlds/generators/battery.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { fix, status } from '#test/support/events.ts';
import { AT_ONCE, expectTold } from '#test/support/oracle-days.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';

const supervision = superviseWith([], { deviceCare: {} });
const NOON = at('2026-06-01T12:00:00Z');
const minutes = (count: number): Instant => secondsAfter(NOON, count * 60);

type Said = Readonly<Record<string, unknown>>;

/** What the watch of a tier says at last, of statuses so many minutes after noon. */
const judgedAfter = (
  tier: string,
  ...said: readonly (readonly [number, Said | null])[]
): Judgement => judgedBy({}, tier, said);

/** The same, where the order has thresholds of its own. */
const judgedBy = (
  own: Readonly<Record<string, number>>,
  tier: string,
  said: readonly (readonly [number, Said | null])[],
): Judgement => {
  const ordered = superviseWith([], { deviceCare: { thresholds: { battery: own } } });
  const watch = watchCalled(ordered, `device-care.battery.${tier}`);
  return said.reduce<Judgement>(
    (before, [minute, fields]) => {
      const now = minutes(minute);
      const input = fields === null ? null : status(now, fields);
      return askRule(watch, now, { input, memory: before.memory });
    },
    { verdict: 'undetermined', reason: 'not-reported', memory: {}, dueAt: null },
  );
};
const percent = (batteryPercent: number): Said => ({ batteryPercent });

describe('given a device that says nothing of its battery', () => {
  it.each(['low', 'critical', 'charging'])('is undetermined: %s', (tier) => {
    expect(judgedAfter(tier, [0, { strap: 'closed' }])).toMatchObject({ reason: 'not-reported' });
    const watch = watchCalled(supervision, `device-care.battery.${tier}`);
    expect(askRule(watch, NOON, { input: fix(NOON, HOME) })).toMatchObject({ memory: {} });
  });
});

describe('given a battery that runs low', () => {
  it.each([
    [21, 'satisfied'],
    [20, 'violated'],
    [3, 'violated'],
  ])('at %d %% is %s', (share, verdict) => {
    expect(judgedAfter('low', [0, percent(share)]).verdict).toBe(verdict);
  });

  it('opens nothing twice while the gauge wavers', () => {
    const wavering = judgedAfter('low', [0, percent(20)], [10, percent(22)], [20, percent(19)]);
    expect(wavering).toMatchObject({ verdict: 'violated', since: NOON });
  });

  it.each([
    ['it is put on its charger', { batteryPercent: 12, charging: true }],
    ['it is well above', { batteryPercent: 25 }],
    ['the device says so in its own words', { battery: 'good' }],
  ])('is over when %s', (_, said) => {
    expect(judgedAfter('low', [0, percent(12)], [30, said]).verdict).toBe('satisfied');
  });

  it.each([
    ['low', 'low', 'violated'],
    ['low', 'critical', 'violated'],
    ['critical', 'low', 'satisfied'],
    ['critical', 'critical', 'violated'],
  ])('goes by the words of a device without a gauge: %s for "%s"', (tier, battery, verdict) => {
    expect(judgedAfter(tier, [0, { battery }]).verdict).toBe(verdict);
  });
});

describe('given a battery that drains', () => {
  const draining = [
    [0, percent(80)],
    [6, percent(75)],
    [12, percent(70)],
  ] as const;

  it('is forecast to be empty by its own rate', () => {
    const { memory, dueAt } = judgedAfter('critical', ...draining);
    // 5 points in 6 minutes: 70 more in 84.
    expect(emptyAt(memory)).toBe(minutes(12 + 84));
    expect(dueAt).toBe(minutes(12 + 84 - 30));
  });

  it('is forecast by as many points as the order says', () => {
    expect(emptyAt(judgedBy({ leastDropPercent: 20 }, 'critical', draining).memory)).toBeNull();
  });

  it('was charged by as much of a rise, and as full, as the order says', () => {
    const chargedAt = (own: Readonly<Record<string, number>>, to: number) =>
      judgedBy(own, 'charging', [
        [0, percent(60)],
        [60, percent(to)],
      ]).memory.chargedAt;
    expect(chargedAt({}, 64)).toBe(minutes(60));
    expect(chargedAt({ chargedRisePercent: 10 }, 64)).toBe(NOON);
    expect(chargedAt({ chargedRisePercent: 50 }, 96)).toBe(minutes(60));
    expect(chargedAt({ chargedRisePercent: 50, fullPercent: 99 }, 96)).toBe(NOON);
  });

  it('is about to be empty half an hour before, although nothing is heard', () => {
    const judged = judgedAfter('critical', ...draining, [66, null]);
    expect(judged).toMatchObject({ verdict: 'violated', reason: 'battery-critical' });
    expect(judged).toMatchObject({ since: minutes(66), claims: null });
  });

  it('is so from no earlier than the reading that shows it', () => {
    const judged = judgedAfter('critical', [0, percent(60)], [20, percent(15)], [25, percent(12)]);
    expect(judged).toMatchObject({ verdict: 'violated', since: minutes(20) });
  });

  it('stays so while forecasts waver, and not for one that is far off', () => {
    const wavers = judgedAfter('critical', ...draining, [66, null], [67, percent(25)]);
    expect(wavers).toMatchObject({ verdict: 'violated', since: minutes(66) });
    expect(judgedAfter('critical', ...draining, [66, null], [67, percent(69)]).verdict).toBe(
      'satisfied',
    );
  });

  it('has no forecast from one reading, nor on its charger', () => {
    expect(emptyAt(judgedAfter('critical', [0, percent(40)]).memory)).toBeNull();
    const charged = judgedAfter('critical', ...draining, [
      13,
      { batteryPercent: 70, charging: true },
    ]);
    expect(emptyAt(charged.memory)).toBeNull();
    expect(charged.verdict).toBe('satisfied');
  });

  it('does not take what was charged for a battery that drains the other way', () => {
    const charged = judgedAfter('critical', ...draining, [30, percent(95)], [36, percent(94)]);
    expect(charged.memory.rate).toBe(50);
  });

  it('is remembered in few numbers', () => {
    const many = Array.from({ length: 80 }, (_, i) => [i * 10, percent(100 - i)] as const);
    const { memory } = judgedAfter('critical', ...many);
    expect(Object.keys(memory satisfies Memory).length).toBeLessThanOrEqual(8);
  });
});

describe('given a battery that is charged, or not, in its time', () => {
  it('is due 26 hours after the last charge', () => {
    const day = 24 * 60;
    const charging = { batteryPercent: 60, charging: true };
    expect(judgedAfter('charging', [0, percent(80)])).toMatchObject({ dueAt: minutes(26 * 60) });
    expect(judgedAfter('charging', [0, percent(80)], [day, charging])).toMatchObject({
      ...{ verdict: 'satisfied', dueAt: minutes(day + 26 * 60) },
    });
    expect(judgedAfter('charging', [0, percent(80)], [day, percent(70)])).toMatchObject({
      dueAt: minutes(26 * 60),
    });
    expect(judgedAfter('charging', [0, percent(50)], [day, percent(80)])).toMatchObject({
      dueAt: minutes(day + 26 * 60),
    });
  });

  it('is missed then, and over with the charge', () => {
    const missed = judgedAfter('charging', [0, percent(80)], [26 * 60, null]);
    expect(missed).toMatchObject({ verdict: 'violated', reason: 'charging-missed' });
    const charging = { charging: true };
    expect(
      judgedAfter('charging', [0, percent(80)], [26 * 60, null], [27 * 60, charging]),
    ).toMatchObject({ verdict: 'satisfied' });
  });
});

describe('given what a watch of the battery says and keeps', () => {
  it.each(['low', 'critical', 'charging'])('is in order by name, and rests: %s', (tier) => {
    expect(judgedAfter(tier, [0, percent(60)])).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'in-order', rests: true },
    });
  });

  it.each(['low', 'critical', 'charging'])('is numbers alone: %s', (tier) => {
    const { memory } = judgedAfter(tier, [0, { battery: 'good' }], [9, { charging: true }]);
    expect(Object.values(memory).length).toBeGreaterThan(0);
    expect(Object.values(memory).every(Number.isFinite)).toBe(true);
  });

  it('forgets that it would soon be empty once it is on its charger', () => {
    const draining = [0, 6, 12].map((minute) => [minute, percent(80 - (5 * minute) / 6)] as const);
    const judged = judgedAfter('critical', ...draining, [66, null], [67, { charging: true }]);
    expect(judged).toMatchObject({ verdict: 'satisfied', dueAt: null });
    expect(judged.memory).not.toHaveProperty('soonAt');
  });

  it('is told of until more than twice the half hour seems left', () => {
    // 66 points an hour: so many points last an hour.
    const soon = [[0, percent(77)] as const, [10, percent(66)] as const, [40, null] as const];
    const left = (share: number) => judgedAfter('critical', ...soon, [41, percent(share)]);
    expect(left(66)).toMatchObject({ verdict: 'violated', since: minutes(40) });
    expect(left(67).verdict).toBe('satisfied');
  });

  it('keeps of a low battery no forecast', () => {
    expect(judgedAfter('low', [0, percent(20)]).memory).toStrictEqual({ said: 1, belowAt: NOON });
  });

  it('rests on what the device said of its battery', () => {
    const isEvidence = ruleCalled('battery')?.isEvidence;
    expect(isEvidence?.(status(NOON, { batteryPercent: 12 }), NOON)).toBe(true);
    expect(isEvidence?.(status(NOON, { charging: false }), NOON)).toBe(true);
    expect(isEvidence?.(status(NOON, { battery: 'low' }), NOON)).toBe(true);
    expect(isEvidence?.(status(NOON, { strap: 'open' }), NOON)).toBe(false);
    expect(isEvidence?.(fix(NOON, HOME), NOON)).toBe(false);
  });
});

const runs = { numRuns: 12 };

describe('given days on which a battery runs down', () => {
  it('is told of as low, and then as about to be empty, once each', () =>
    expectTold(runsDown, runs));
});

describe('given days on which a battery drains within two hours', () => {
  it('is told of half an hour before it is empty', () =>
    expectTold(drainsFast, { ...runs, deliveries: fc.constant(AT_ONCE) }));
});

describe('given days on which nobody charges', () => {
  it('is told of once, after 26 hours', () => expectTold(isNotCharged, runs));
});

describe('given days on which a battery is charged in time', () => {
  it('is never told of', () => expectTold(isCharged, runs));
});

describe('given an evening on which the battery will not last the night', () => {
  /** From 80 % at noon it drains six points an hour: at 20:00 (19:00Z) it has 38 %. */
  const drained = (until: number): [number, Said][] =>
    Array.from({ length: Math.floor(until / 60) + 1 }, (_, n) => [60 * n, percent(80 - 6 * n)]);
  const EIGHT = 7 * 60;

  it('the wearer is reminded at eight, by the clock of the order, until ten', () => {
    expect(judgedAfter('night', ...drained(EIGHT - 60))).toMatchObject({
      ...{ verdict: 'satisfied', dueAt: minutes(EIGHT) },
    });
    expect(judgedAfter('night', ...drained(EIGHT - 60), [EIGHT, null])).toMatchObject({
      ...{ verdict: 'violated', reason: 'charge-tonight', since: minutes(EIGHT) },
      ...{ untilAt: minutes(EIGHT + 120), dueAt: minutes(EIGHT + 120) },
    });
  });

  it('is not once it is on its charger, nor told of again when it comes off', () => {
    const charged: [number, Said][] = [[EIGHT + 10, { batteryPercent: 39, charging: true }]];
    const off: [number, Said][] = [[EIGHT + 20, { batteryPercent: 39, charging: false }]];
    const evening: [number, Said | null][] = [...drained(EIGHT - 60), [EIGHT, null]];
    expect(judgedAfter('night', ...evening, ...charged).verdict).toBe('satisfied');
    expect(judgedAfter('night', ...evening, ...charged, ...off).verdict).toBe('satisfied');
  });

  it('is not reminded of in the night, and wakes nobody for the next evening', () => {
    const late = judgedAfter('night', ...drained(EIGHT - 60), [EIGHT + 120, null]);
    expect(late).toMatchObject({ verdict: 'satisfied', dueAt: null });
  });

  it('nor of a battery that lasts, nor of one whose drain is not known', () => {
    const slow: [number, Said][] = [
      [0, percent(95)],
      [300, percent(88)],
      [EIGHT, percent(85)],
    ];
    expect(judgedAfter('night', ...slow)).toMatchObject({ verdict: 'satisfied', dueAt: null });
    expect(judgedAfter('night', [0, percent(25)], [EIGHT, null]).verdict).toBe('satisfied');
  });

  it('nor beside the reminder that it is low already', () => {
    const events = Array.from({ length: 8 }, (_, n) =>
      status(minutes(60 * n), { batteryPercent: 56 - 6 * n }),
    );
    const found = evaluate({ supervision, state: null, events, until: minutes(EIGHT + 60) });
    const reasons = found.changes.map(({ mark }) => mark.reason);
    expect(reasons.filter((reason) => isNudgeReason(reason))).toEqual(['battery-low']);
  });
});
