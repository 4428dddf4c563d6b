import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Closeness, driftMetres, shareWithin } from '#domain/evaluate/pair/closeness.ts';
import { type Sides, withInput } from '#domain/evaluate/pair/sides.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { normal } from '#local/worlds/chance.ts';
import { wearerAt } from '#test/support/pairs.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { START } from '#test/support/walks.ts';

const CLOSENESS: Closeness = {
  ...{ enterMetres: 500, leaveMetres: 600, closingMetresPerSecond: 14, lagCapSeconds: 300 },
  waitSeconds: 60,
  lagIs: 'reach',
};

/** The same share, by drawing where the two may be. */
const drawnShare = (radius: number, apart: number, sigma: number): number => {
  let within = 0;
  const draws = 20_000;
  for (let i = 0; i < draws; i += 1) {
    const [east, north] = [apart + sigma * normal(i, 1), sigma * normal(i, 2)];
    if (Math.hypot(east, north) <= radius) within += 1;
  }
  return within / draws;
};

describe('the share of a distance that lies within a circle', () => {
  it.each([
    [50, 20, 15],
    [50, 50, 15],
    [50, 0, 30],
    [50, 90, 40],
    [500, 480, 25],
    [500, 520, 60],
    [1_000, 900, 300],
  ])('is as drawn: %d m, seen %d m apart, deviation %d m', (radius, apart, sigma) => {
    expect(
      Math.abs(shareWithin(radius, apart, sigma) - drawnShare(radius, apart, sigma)),
    ).toBeLessThan(0.015);
  });

  it('is a probability, and grows with the circle', () => {
    const metres = fc.double({ min: 0.1, max: 20_000, noNaN: true });
    const sigma = fc.double({ min: 3, max: 500, noNaN: true });
    fc.assert(
      fc.property(metres, metres, sigma, (radius, apart, deviation) => {
        const share = shareWithin(radius, apart, deviation);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(shareWithin(radius * 1.5, apart, deviation)).toBeGreaterThanOrEqual(share - 1e-6);
      }),
    );
  });
});

const seenAfter = (...fields: readonly object[]) => {
  const events = fields.map((one, i) => wearerAt(secondsAfter(START, 60 * i), 0, one));
  const sides = events.reduce<Sides>(
    (known, event) => withInput(known, {}, { speaker: WEARER.wearerId, input: event }),
    {},
  );
  const seen = Object.values(sides)[0]?.seen;
  if (seen === null || seen === undefined) throw new Error('nobody was seen');
  return seen;
};
const driftAfter = (seconds: number, ...fields: readonly object[]): number => {
  const seen = seenAfter(...fields);
  return Math.round(driftMetres(CLOSENESS, seen, secondsAfter(seen.at, seconds)));
};

describe('how far somebody may have come since they were seen', () => {
  it('is nothing for who is still', () => {
    expect(driftAfter(240, { motion: 'still' })).toBe(0);
  });

  it('is half as much again as their stated speed would take them', () => {
    expect(driftAfter(100, { motion: 'moving', speedMps: 6 })).toBe(900);
  });

  it('is at a walk for who says nothing and has not moved', () => {
    expect(driftAfter(100, { motion: 'unknown' }, { motion: 'unknown' })).toBe(150);
  });

  it('is at the greatest speed of the order for who moves, and was never seen before', () => {
    expect(driftAfter(100, { motion: 'moving' })).toBe(1_400);
  });

  it('is never faster, nor for longer, than the order says', () => {
    expect(driftAfter(100, { motion: 'moving', speedMps: 40 })).toBe(1_400);
    expect(driftAfter(2_000, { motion: 'moving', speedMps: 40 })).toBe(4_200);
  });

  it('is not told by a cell position, which says too little of where', () => {
    const seen = seenAfter({ motion: 'still' }, { source: 'cell', accuracyMetres: 900 });
    expect(seen.at).toBe(START);
  });
});
