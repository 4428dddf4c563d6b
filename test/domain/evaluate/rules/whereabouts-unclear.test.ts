import { describe, expect, it } from 'vitest';
import { type Core, emptyCore, type WatchState } from '#domain/evaluate/core.ts';
import { instant } from '#domain/model/instant.ts';
import { tellingOf } from '#domain/model/reasons.ts';
import { canBeToldInTime, cannotBeTold } from '#local/worlds/generators/whereabouts-unclear.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { expectTold } from '#test/support/oracle-days.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';

const NIGHT = at('2026-06-01T21:00:00Z');
const minutes = (n: number) => instant(NIGHT + n * 60_000);
const watch = watchCalled(superviseWith(['curfew']), 'curfew.unclear');

const curfewIs = (state: Pick<WatchState, 'verdict' | 'reason'>): Core => ({
  ...emptyCore(NIGHT),
  watches: {
    [watch.firstWatchId]: {
      ...{ version: 'curfew-absence.x', validFrom: NIGHT, belief: null, memory: {}, dueAt: null },
      ...{ rests: false, ...state },
    },
  },
});
const UNSURE = curfewIs({ verdict: 'undetermined', reason: 'uncertain' });
const ask = (n: number, core: Core, memory = {}) => askRule(watch, minutes(n), { core, memory });

describe('given a curfew of which the data cannot tell whether it is kept', () => {
  it('waits, and is due when that has lasted too long', () => {
    expect(ask(0, UNSURE)).toMatchObject({
      verdict: 'undetermined',
      memory: { unclearSince: NIGHT },
      dueAt: minutes(120),
    });
  });

  it('is a finding after two hours, and not a millisecond before', () => {
    const memory = { unclearSince: NIGHT };
    expect(ask(119.99, UNSURE, memory).verdict).toBe('undetermined');
    expect(ask(120, UNSURE, memory)).toMatchObject({
      verdict: 'violated',
      reason: 'whereabouts-unclear',
      since: NIGHT,
      claims: null,
    });
  });

  it('starts anew once it could be told in between', () => {
    const home = curfewIs({ verdict: 'satisfied', reason: 'at-home' });
    const told = ask(90, home, { unclearSince: NIGHT });
    expect(told).toMatchObject({ verdict: 'satisfied', memory: {}, rests: true });
  });

  it('counts on through a silence, of which another rule tells', () => {
    const silent = curfewIs({ verdict: 'undetermined', reason: 'no-recent-evidence' });
    const memory = { unclearSince: NIGHT };
    expect(ask(150, silent, memory)).toMatchObject({ verdict: 'undetermined', memory });
  });

  it('is nothing outside the hours', () => {
    const over = curfewIs({ verdict: 'not-applicable', reason: 'outside-hours' });
    expect(ask(300, over, { unclearSince: NIGHT }).verdict).toBe('not-applicable');
  });
});

describe('the finding', () => {
  it('is told to the officer quietly, and is no alert', () => {
    expect(tellingOf('whereabouts-unclear')).toBe('prompt');
  });
});

describe('given days on which the truth is known', () => {
  it('is told once when nobody can tell for two hours', () => expectTold(cannotBeTold));
  it('is not told when it becomes clear in time', () => expectTold(canBeToldInTime));
});
