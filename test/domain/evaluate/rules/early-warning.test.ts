import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Core, emptyCore, type WatchState } from '#domain/evaluate/core.ts';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { visitIdSchema, watchIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { comesLateOnce, comesLater } from '#local/worlds/generators/early-warning.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { expectTold } from '#test/support/oracle-days.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';

const supervision = superviseWith(['curfew'], { earlySigns: {} });
const watch = watchCalled(supervision, 'early-signs');
const START = at('2026-06-01T18:00:00Z');
const later = (seconds: number): Instant => secondsAfter(START, seconds);
const DAY = 86_400;

type Shown = Readonly<{ rule: string }> &
  Partial<Pick<WatchState, 'verdict' | 'reason' | 'memory'>>;

const coreWith = (now: Instant, shown: readonly Shown[]): Core => ({
  ...emptyCore(now),
  watches: Object.fromEntries(
    shown.map(({ rule, ...state }, i) => [
      watchIdSchema.parse(`w-${i}`),
      {
        ...{ version: `${rule}.x`, validFrom: START, belief: null, dueAt: null, rests: true },
        ...{ verdict: 'satisfied', reason: 'in-order', memory: {}, ...state },
      },
    ]),
  ),
});

/** What is judged of one finding after another, each at its instant. */
const live = (course: readonly (readonly [seconds: number, ...shown: Shown[]])[]): Judgement => {
  let memory: Memory = {};
  let judged: Judgement | null = null;
  for (const [seconds, ...shown] of course) {
    const now = later(seconds);
    judged = askRule(watch, now, { memory, core: coreWith(now, shown) });
    memory = judged.memory;
  }
  if (judged === null) throw new Error('nothing was judged');
  return judged;
};

const night = (day: number, outSeconds: number) => {
  const from = day * DAY;
  const out = { rule: 'curfew-absence', verdict: 'undetermined', reason: 'within-grace' } as const;
  return [
    ...(outSeconds > 0 ? [[from, out] as const] : []),
    [from + outSeconds, { rule: 'curfew-absence', reason: 'at-home' }],
    [from + 43_200, { rule: 'curfew-absence', verdict: 'not-applicable', reason: 'outside-hours' }],
  ] as const;
};

describe('given an order that ends', () => {
  it('tells nothing from then on, not of a visit that falls due later', () => {
    const visits = [{ visitId: visitIdSchema.parse('v-1'), until: later(DAY), outcomeAt: null }];
    const endsAt = toIso(later(3_600));
    const order = { earlySigns: {}, endsAt };
    const ending = watchCalled(superviseWith([], order, { visits }), 'early-signs');
    expect(askRule(ending, START)).toMatchObject({ verdict: 'satisfied', dueAt: later(3_600) });
    expect(askRule(ending, later(2 * DAY))).toMatchObject({
      ...{ verdict: 'not-applicable', reason: 'outside-hours', memory: {}, dueAt: null },
    });
  });
});

describe('given returns into a curfew', () => {
  it('remembers nothing of somebody who is at home in time', () => {
    expect(live([0, 1, 2, 3].flatMap((day) => night(day, 0)))).toEqual({
      ...{ verdict: 'satisfied', reason: 'in-order', memory: {}, dueAt: null },
    });
  });

  it('tells of four minutes late in three nights on end, and not of two', () => {
    const two = [0, 1].flatMap((day) => night(day, 240));
    expect(live(two).verdict).toBe('satisfied');
    expect(live([...two, ...night(2, 240)])).toMatchObject({
      ...{ verdict: 'violated', reason: 'returning-later', since: later(2 * DAY + 43_200) },
      dueAt: later(3 * DAY + 43_200),
    });
  });

  it('takes one long absence for no trend', () => {
    expect(live(night(0, 7_200)).verdict).toBe('satisfied');
  });

  it('holds nothing against somebody of whom nothing is known', () => {
    const unknown = { rule: 'curfew-absence', verdict: 'undetermined' } as const;
    const { memory } = live([
      [0, { ...unknown, reason: 'within-grace' }],
      [600, { ...unknown, reason: 'no-recent-evidence' }],
      [43_200, { ...unknown, verdict: 'not-applicable' }],
    ]);
    expect(memory).toEqual({});
  });
});

describe('given a sign that was told of', () => {
  const told = [0, 1, 2].flatMap((day) => night(day, 240));

  it('stands for a day, and is counted afresh', () => {
    const clear = { rule: 'curfew-absence', verdict: 'not-applicable' } as const;
    const during = live([...told, [3 * DAY, clear]]);
    expect(during).toMatchObject({ verdict: 'violated', since: later(2 * DAY + 43_200) });
    const next = live([...told, [3 * DAY + 43_200, clear]]);
    expect(next).toEqual({ verdict: 'satisfied', reason: 'in-order', memory: {}, dueAt: null });
  });
});

describe('given times near a zone, low batteries and checks', () => {
  const times = (shown: Shown, clear: Shown, days: readonly number[]) =>
    days.flatMap((day) => [[day * DAY, shown] as const, [day * DAY + 900, clear] as const]);
  const zone = { rule: 'exclusion-zone' };
  const near = { ...zone, verdict: 'undetermined', reason: 'near-the-edge' } as const;

  it('tells of three days on end near a zone, and not of many times on one', () => {
    expect(live(times(near, zone, [0, 1, 2])).verdict).toBe('violated');
    expect(live(times(near, zone, [0, 1])).verdict).toBe('satisfied');
    expect(live(times(near, zone, [0, 0.1, 0.2, 0.3, 0.4])).verdict).toBe('satisfied');
    expect(live(times(near, zone, [0, 20, 40])).verdict).toBe('satisfied');
  });

  it('does not count stray fixes in a zone next door, which being at home explains', () => {
    const stray = { ...zone, verdict: 'undetermined', reason: 'fix-in-zone' } as const;
    expect(live(times(stray, zone, [0, 1, 2])).verdict).toBe('satisfied');
  });

  it('counts the buffer of a zone as near', () => {
    const buffer = { ...zone, verdict: 'violated', reason: 'inside-buffer' } as const;
    expect(live(times(buffer, zone, [0, 1, 2]).slice(0, -1))).toMatchObject({
      reason: 'near-zones',
    });
  });

  it('tells of a battery that was let run low three times', () => {
    const low = { rule: 'battery', verdict: 'violated', reason: 'battery-low' } as const;
    const found = live(times(low, { rule: 'battery' }, [0, 1, 2]));
    expect(found).toMatchObject({ reason: 'charging-late' });
  });

  it('tells of checks that are answered in their last moments or not at all', () => {
    const passed = (day: number, share: number) =>
      [day * DAY, { rule: 'check-missed', memory: { passedAt: later(day * DAY), share } }] as const;
    const missed = { rule: 'check-missed', verdict: 'violated', reason: 'check-expired' } as const;
    expect(live([0, 1, 2, 3, 4, 5, 6].map((day) => passed(day, 0.5))).verdict).toBe('satisfied');
    expect(live([0, 1, 2, 3, 4].map((day) => passed(day, 0.95)))).toMatchObject({
      reason: 'checks-fading',
    });
    const course = times(missed, { rule: 'check-missed' }, [0, 1, 2, 3]);
    expect(live(course)).toMatchObject({ reason: 'checks-fading' });
  });
});

describe('given nights on which the truth is known', () => {
  const runs = { numRuns: 6 };

  it('tells of somebody who comes home later and later, within the grace', () => {
    expectTold(comesLater, runs);
  });

  it('tells of nobody who was late once', () => {
    expectTold(comesLateOnce, runs);
  });

  it('makes such nights, and such as are none', () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        expect([comesLater(seed).truth.length, comesLateOnce(seed).truth.length]).toEqual([1, 0]);
      }),
      { numRuns: 3 },
    );
  });
});

describe('given home visits', () => {
  const visit = (until: number, outcomeAt: number | null = null) => ({
    visitId: visitIdSchema.parse(`v-${until}`),
    ...{ until: later(until), outcomeAt: outcomeAt === null ? null : later(outcomeAt) },
  });
  const asked = (seconds: number, ...visits: ReturnType<typeof visit>[]) =>
    askRule({ ...watch, visits }, later(seconds), { core: coreWith(later(seconds), []) });

  it('waits for an hour after a visit, and is due then', () => {
    expect(asked(0, visit(600))).toMatchObject({ verdict: 'satisfied', dueAt: later(4_200) });
    expect(asked(4_199, visit(600))).toMatchObject({ verdict: 'satisfied', dueAt: later(4_200) });
  });

  it('tells of one whose outcome nobody has recorded', () => {
    expect(asked(4_200, visit(600))).toMatchObject({
      ...{ verdict: 'violated', reason: 'visit-overdue', since: later(4_200), claims: null },
    });
    expect(asked(4_200, visit(600, 9_000)).verdict).toBe('violated');
  });

  it('tells of none whose outcome is on record', () => {
    expect(asked(4_200, visit(600, 4_100)).verdict).toBe('satisfied');
  });

  it('has told of it no longer than until its outcome is', () => {
    const { memory } = asked(4_200, visit(600));
    const core = coreWith(later(9_000), []);
    const judged = (outcomeAt: number | null) =>
      askRule({ ...watch, visits: [visit(600, outcomeAt)] }, later(9_000), { memory, core });
    expect(judged(null)).toMatchObject({ verdict: 'violated', since: later(4_200) });
    expect(judged(9_000)).toMatchObject({ verdict: 'satisfied', memory: {} });
  });
});
