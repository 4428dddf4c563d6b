import { describe, expect, it } from 'vitest';
import {
  type Belief,
  ignorance,
  isInformed,
  probabilities,
  type Repeat,
  type Step,
  stepBelief,
  widenBelief,
} from '#domain/evaluate/position/belief.ts';
import type { Frame, Weights } from '#domain/evaluate/position/hypotheses.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const NOON = at('2026-06-01T12:00:00Z');
const minutes = (count: number) => secondsAfter(NOON, count * 60);

/** Numbers that are easily reckoned with: at home or not. */
const PLACE: Frame = {
  applies: { home: true, elsewhere: true, inside: false },
  floors: { home: { elsewhere: 0.01 }, elsewhere: { home: 0.02 }, inside: {} },
  ratesPerMinute: { home: { elsewhere: 0.01 }, elsewhere: { home: 0.03 }, inside: {} },
};
const ZONE: Frame = {
  applies: { home: false, elsewhere: true, inside: true },
  floors: { home: {}, elsewhere: { inside: 0.05 }, inside: { elsewhere: 0.01 } },
  ratesPerMinute: { home: {}, elsewhere: { inside: 0.02 }, inside: { elsewhere: 0.04 } },
};

const odds = (...of: [number | null, number | null, number | null]): Belief => ({
  odds: of,
  at: NOON,
});
/** Log-odds as they are kept. */
const kept = (ratio: number) => Math.round(256 * Math.log(ratio));
const like = (home: number, elsewhere: number, inside = 0): Weights => ({
  ...{ home, elsewhere, inside },
});
const step = (likelihood: Weights, more: Partial<Step> = {}): Step => ({
  ...{ at: minutes(1), motion: 'unknown', likelihood, repeat: null, mayOnlyUnsettle: false },
  ...more,
});

describe('given no evidence yet', () => {
  it('holds home as likely as elsewhere, and a zone as unlikely as its floor', () => {
    expect(ignorance(PLACE)).toEqual({ odds: [0, 0, null], at: null });
    expect(ignorance(ZONE)).toEqual({ odds: [null, 0, kept(0.05)], at: null });
    const both = { ...ZONE, applies: { home: true, elsewhere: false, inside: true } };
    expect(ignorance(both)).toEqual({ odds: [0, null, kept(0.05)], at: null });
  });

  it('is not informed until there is some', () => {
    expect(isInformed(ignorance(PLACE))).toBe(false);
    expect(isInformed(odds(0, 0, null))).toBe(true);
    expect(isInformed({ settled: 'home' })).toBe(true);
  });
});

describe('given what is believed', () => {
  it('is probabilities that add up to one', () => {
    const even = probabilities(odds(0, kept(1 / 3), null), PLACE);
    expect(even.home).toBeCloseTo(0.75, 2);
    expect(even.elsewhere).toBeCloseTo(0.25, 2);
    expect(even.inside).toBe(0);
  });

  it('is at its floors where it is settled', () => {
    expect(probabilities({ settled: 'home' }, PLACE).elsewhere).toBeCloseTo(0.01 / 1.01, 9);
    expect(probabilities({ settled: 'elsewhere' }, PLACE).home).toBeCloseTo(0.02 / 1.02, 9);
    expect(probabilities({ settled: 'inside' }, ZONE)).toMatchObject({ home: 0 });
  });
});

describe('given one more piece of evidence', () => {
  it('weighs what time alone would have made of the belief', () => {
    const after = stepBelief(odds(0, 0, null), step(like(1, 0.5), { at: minutes(5) }), PLACE);
    // In five minutes a share of 1 - e^-0.05 leaves home, and 1 - e^-0.15 comes.
    const [left, came] = [1 - Math.exp(-0.05), 1 - Math.exp(-0.15)];
    const ratio = ((1 - came + left) * 0.5) / (1 - left + came);
    expect(after).toEqual({ odds: [0, kept(ratio), null], at: minutes(5) });
  });

  it('settles on what leaves all others at their floors, and forgets the time', () => {
    expect(stepBelief(odds(0, 0, null), step(like(1, 1e-6)), PLACE)).toEqual({ settled: 'home' });
    expect(stepBelief(odds(0, 0, null), step(like(1e-6, 1)), PLACE)).toEqual({
      settled: 'elsewhere',
    });
    expect(stepBelief({ settled: 'home' }, step(like(1, 0.5)), PLACE)).toEqual({ settled: 'home' });
  });

  it('raises what fell below its floor, while another has not', () => {
    const three: Frame = {
      applies: { home: true, elsewhere: true, inside: true },
      floors: { home: { elsewhere: 0.01, inside: 0.1 }, elsewhere: {}, inside: {} },
      ratesPerMinute: { home: {}, elsewhere: {}, inside: {} },
    };
    const after = stepBelief(odds(0, 0, 0), step({ home: 1, elsewhere: 0.5, inside: 1e-9 }), three);
    expect(after).toEqual({ odds: [0, kept(0.5), kept(0.1)], at: minutes(1) });
  });

  it('leaves a settled belief where evidence speaks against it', () => {
    const after = stepBelief({ settled: 'home' }, step(like(0.1, 1)), PLACE);
    const [left, came] = [1 - Math.exp(-0.01), 1 - Math.exp(-0.03)];
    const away = 0.01 * (1 - came) + left;
    const home = 1 - left + 0.01 * came;
    expect(after).toEqual({
      odds: [0, kept(away / (0.1 * home)), null].map(asBest),
      at: minutes(1),
    });
  });
});

/** The likeliest is written as 0, and home as what it is against that. */
const asBest = (value: number | null, i: number, all: readonly (number | null)[]) => {
  const away = all[1] ?? 0;
  if (away <= 0 || value === null) return value;
  return i === 0 ? -away : 0;
};

describe('given a piece of evidence much like the one before', () => {
  const like2to1 = like(1, 0.5);
  /** The odds of elsewhere when twice as much spoke for home, so much of it counting. */
  const counted = (share: number, count = 1) => {
    const [left, came] = [1 - Math.exp(-0.01 * count), 1 - Math.exp(-0.03 * count)];
    return kept(((1 - came + left) * 0.5 ** share) / (1 - left + came));
  };
  const repeated = (repeat: Repeat | null, count = 1) => {
    const one = step(like2to1, { repeat, at: minutes(count) });
    return stepBelief(odds(0, 0, null), one, PLACE);
  };

  it.each([
    [1, 0.6],
    [5, 0.6],
    [7.5, 0.75],
    [10, 0.9],
    [900, 0.9],
  ])('counts the less, the coarser it is: a sigma of %d m loses %d', (sigmaMetres, lost) => {
    const share = 1 - lost * Math.exp(-0.1);
    expect(repeated({ sigmaMetres, squaredSigmasMoved: 0 })).toEqual({
      ...{ odds: [0, counted(share), null], at: minutes(1) },
    });
  });

  it('counts the more, the further off and the longer ago that was', () => {
    const far = 1 - 0.6 * Math.exp(-0.1 - 1);
    expect(repeated({ sigmaMetres: 5, squaredSigmasMoved: 2 })).toMatchObject({
      odds: [0, counted(far), null],
    });
    const old = 1 - 0.6 * Math.exp(-0.5);
    expect(repeated({ sigmaMetres: 5, squaredSigmasMoved: 0 }, 5)).toMatchObject({
      odds: [0, counted(old, 5), null],
    });
  });

  it('counts as long ago as nothing where time ran backwards', () => {
    const share = 1 - 0.6;
    expect(repeated({ sigmaMetres: 5, squaredSigmasMoved: 0 }, -5)).toMatchObject({
      odds: [0, counted(share, 0), null],
    });
  });

  it('counts in full where nothing was before, and from a settled belief', () => {
    expect(repeated(null)).toMatchObject({ odds: [0, counted(1), null] });
    const settled = (repeat: Repeat | null, count: number) =>
      stepBelief({ settled: 'home' }, step(like(0.1, 1), { repeat, at: minutes(count) }), PLACE);
    const repeat = { sigmaMetres: 5, squaredSigmasMoved: 0 };
    expect(settled(repeat, 1)).toEqual(settled(null, 1));
    // A settled belief keeps no time: a minute has passed, however many have.
    expect(settled(null, 9)).toEqual({ ...settled(null, 1), at: minutes(9) });
  });
});

describe('given evidence that may never decide', () => {
  const cell = (likelihood: Weights) => step(likelihood, { mayOnlyUnsettle: true });

  it('unsettles no further than to even', () => {
    expect(stepBelief({ settled: 'home' }, cell(like(1e-9, 1)), PLACE)).toEqual({
      ...{ odds: [0, 0, null], at: minutes(1) },
    });
  });

  it('makes nothing surer that is not settled yet, nor tips what was even', () => {
    const leaning = odds(0, kept(0.5), null);
    expect(stepBelief(leaning, cell(like(1, 1e-9)), PLACE)).toEqual({
      ...{ odds: [0, kept(0.5), null], at: minutes(1) },
    });
    const even = stepBelief(odds(0, 0, null), cell(like(1, 1)), PLACE);
    expect(even).toEqual({ odds: [0, 0, null], at: minutes(1) });
  });
});

describe('given silence', () => {
  it('widens by steps of ten minutes at most, and settles nothing that was not', () => {
    const long = widenBelief({ settled: 'home' }, { minutes: 25, at: minutes(25) }, PLACE);
    let [home, away] = [1, 0.01];
    for (const length of [10, 10, 5]) {
      const [left, came] = [1 - Math.exp(-0.01 * length), 1 - Math.exp(-0.03 * length)];
      [home, away] = [home * (1 - left) + away * came, away * (1 - came) + home * left];
    }
    expect(long).toEqual({ odds: [0, kept(away / home), null], at: minutes(25) });
  });

  it('changes nothing where there was none', () => {
    const before = odds(0, kept(0.3), null);
    const after = widenBelief(before, { minutes: 0, at: NOON }, PLACE);
    expect(after).toEqual(before);
  });
});
