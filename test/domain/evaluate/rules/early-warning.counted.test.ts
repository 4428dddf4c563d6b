import { describe, expect, it } from 'vitest';
import type { WatchState } from '#domain/evaluate/core.ts';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { coreOf } from '#test/support/core-of.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';

const watch = watchCalled(superviseWith(['curfew'], { earlySigns: {} }), 'early-signs');
const START = at('2026-06-01T18:00:00Z');
const later = (seconds: number): Instant => secondsAfter(START, seconds);
const DAY = 86_400;

type Shown = Readonly<{ rule: string }> &
  Partial<Pick<WatchState, 'verdict' | 'reason' | 'memory'>>;

const coreWith = (now: Instant, shown: readonly Shown[]) =>
  coreOf(
    now,
    Object.fromEntries(
      shown.map(({ rule, ...state }, i) => [
        `w-${i}`,
        { version: `${rule}.x`, verdict: 'satisfied', reason: 'in-order', ...state },
      ]),
    ),
  );

/** What is judged of one finding after another, each at its instant. */
const live = (
  course: readonly (readonly [seconds: number, ...shown: Shown[]])[],
): Pick<Judgement, 'verdict' | 'memory'> => {
  let judged: Pick<Judgement, 'verdict' | 'memory'> = { verdict: 'undetermined', memory: {} };
  for (const [seconds, ...shown] of course) {
    const now = later(seconds);
    const memory: Memory = judged.memory;
    judged = askRule(watch, now, { memory, core: coreWith(now, shown) });
  }
  return judged;
};

describe('given what goes on, and what is seen twice', () => {
  const days = (shown: Shown) => [0, 1, 2, 3].map((day) => [day * DAY, shown] as const);

  it.each<[string, Shown]>([
    ['near a zone', { rule: 'exclusion-zone', verdict: 'undetermined', reason: 'near-the-edge' }],
    ['a low battery', { rule: 'battery', verdict: 'violated', reason: 'battery-low' }],
    ['a missed check', { rule: 'check-missed', verdict: 'violated', reason: 'check-expired' }],
  ])('counts once what never ended: %s', (_, shown) => {
    expect(live(days(shown)).verdict).toBe('satisfied');
  });

  it.each(['battery', 'check-missed', 'exclusion-zone'])('counts nothing in order: %s', (rule) => {
    expect(live(days({ rule })).memory).toEqual({});
  });

  it('counts a passed check at the instant at which it was passed, once', () => {
    const memory = { passedAt: START, share: 0.99 };
    const passed = { rule: 'check-missed', memory };
    const again = [0, 0, 0, 0, 0, 60, 120, 180].map((seconds) => [seconds, passed] as const);
    expect(live(again)).toMatchObject({ verdict: 'satisfied', memory: { slow: 0.297 } });
  });

  it('counts two times near a zone half a day apart, and not sooner', () => {
    const zone = { rule: 'exclusion-zone' };
    const near = { ...zone, verdict: 'undetermined', reason: 'near-the-edge' } as const;
    const times = (apart: number) =>
      live([0, apart, 2 * apart].flatMap((from) => [[from, near] as const, [from + 60, zone]]));
    expect(times(43_200)).toMatchObject({ verdict: 'violated', reason: 'near-zones' });
    expect(times(43_199).verdict).toBe('satisfied');
  });

  it('tells at the very number that it goes by', () => {
    const once = superviseWith([], {
      earlySigns: { thresholds: { 'early-warning': { lowCount: 1 } } },
    });
    const low = { rule: 'battery', verdict: 'violated', reason: 'battery-low' } as const;
    const judged = askRule(watchCalled(once, 'early-signs'), START, {
      core: coreWith(START, [low]),
    });
    expect(judged).toMatchObject({ verdict: 'violated', reason: 'charging-late', since: START });
  });
});

describe('given two curfews', () => {
  const home = { rule: 'curfew-absence', verdict: 'satisfied', reason: 'at-home' } as const;
  const out = { ...home, verdict: 'undetermined', reason: 'within-grace' } as const;
  const over = { ...home, verdict: 'not-applicable', reason: 'outside-hours' } as const;
  const unseen = { ...home, verdict: 'undetermined', reason: 'no-recent-evidence' } as const;
  const lateOf = (...course: Parameters<typeof live>[0]) => live(course).memory.late;

  it('counts as out who is out of one of them and home in none', () => {
    expect(lateOf([0, out, over], [200, home, over], [500, over, over])).toBe(60);
    expect(lateOf([0, out, home], [200, home, home], [500, over, over])).toBeUndefined();
  });

  it('counts an absence that came to a violation like any other', () => {
    const found = { ...out, verdict: 'violated', reason: 'left-during' } as const;
    expect(lateOf([0, found], [200, home], [500, over])).toBe(60);
  });

  it('is a night until both are over', () => {
    expect(
      live([
        [0, out, out],
        [200, home, home],
        [300, home, over],
      ]).memory,
    ).toMatchObject({
      ...{ outSeconds: 200, night: 1 },
    });
  });

  it('holds nothing against who is out of sight of either', () => {
    expect(lateOf([0, out, out], [200, unseen, over], [500, over, over])).toBeUndefined();
  });

  it('forgets what has faded to less than a second', () => {
    expect(lateOf([0, out], [3, home], [500, over])).toBeUndefined();
    expect(lateOf([0, out], [4, home], [500, over])).toBe(1.2);
  });
});
