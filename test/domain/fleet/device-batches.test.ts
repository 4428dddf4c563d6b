import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchRates, type Tampered, type Worn } from '#domain/fleet/device-batches.ts';
import { upperTail } from '#domain/fleet/upper-tail.ts';
import { activationIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const START = at('2026-06-01T00:00:00Z');
const day = (n: number): Instant => secondsAfter(START, n * 86_400);
const PERIOD = { fromAt: START, untilAt: day(30) };

/** Devices of a batch, each on a wearer of its own for the whole time. */
const batch = (name: string, devices: number): Worn[] =>
  Array.from({ length: devices }, (_, i) => ({
    ...{ deviceBatch: name, startsAt: day(-90), endsAt: null },
    activationId: activationIdSchema.parse(`${name}-${i}`),
    wearerId: wearerIdSchema.parse(`w-${name}-${i}`),
  }));
const tampered = (name: string, device: number, n: number): Tampered => ({
  wearerId: wearerIdSchema.parse(`w-${name}-${device}`),
  openedAt: day(n),
});
const rateOf = (worn: readonly Worn[], tampers: readonly Tampered[], name: string) =>
  batchRates(worn, tampers, PERIOD).find(({ deviceBatch }) => deviceBatch === name);

describe('the chance of so many hits or more', () => {
  const exact = (hits: number, trials: number, share: number): number => {
    let [ways, sum] = [1, 0];
    for (let i = 0; i <= trials; i += 1) {
      if (i >= hits) sum += ways * share ** i * (1 - share) ** (trials - i);
      ways = (ways * (trials - i)) / (i + 1);
    }
    return sum;
  };

  it('is what counting every way gives', () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), share, (hits, trials, probability) => {
        expect(upperTail({ hits, trials, probability })).toBeCloseTo(
          hits > trials ? 0 : exact(hits, trials, probability),
          9,
        );
      }),
    );
  });

  it('holds for thousands of trials', () => {
    expect(upperTail({ hits: 500, trials: 5_000, probability: 0.1 })).toBeCloseTo(0.51, 1);
    expect(upperTail({ hits: 700, trials: 5_000, probability: 0.1 })).toBeLessThan(1e-15);
  });
});

describe('given batches that are alike', () => {
  const worn = [...batch('a', 40), ...batch('b', 40)];

  it('finds none out of line', () => {
    const tampers = [0, 1, 2, 3].flatMap((i) => [tampered('a', i, i + 1), tampered('b', i, i + 1)]);
    expect(rateOf(worn, tampers, 'a')).toMatchObject({
      ...{ deviceDays: 1_200, tamperDays: 4, isOutOfLine: false },
      per1000DeviceDays: 1000 * (4 / 1_200),
    });
  });

  it('finds none where nothing was tampered with, and none without devices', () => {
    expect(rateOf(worn, [], 'a')).toMatchObject({ tamperDays: 0, chance: 1, isOutOfLine: false });
    expect(batchRates([], [], PERIOD)).toEqual([]);
  });
});

describe('given a small batch with straps that fail', () => {
  const worn = [...batch('old', 400), ...batch('new', 10)];
  const usual = Array.from({ length: 30 }, (_, i) => tampered('old', i * 7, i % 30));

  it('finds it by few of them', () => {
    const few = [1, 2, 3, 4, 5, 6].map((i) => tampered('new', i, i));
    expect(rateOf(worn, [...usual, ...few], 'new')).toMatchObject({ isOutOfLine: true });
    expect(rateOf(worn, [...usual, ...few], 'old')).toMatchObject({ isOutOfLine: false });
  });

  it('does not take one wearer who tampers daily for a batch', () => {
    const daily = Array.from({ length: 20 }, (_, i) => tampered('new', 3, i));
    expect(rateOf(worn, [...usual, ...daily], 'new')).toMatchObject({
      ...{ tamperDays: 20, isOutOfLine: false },
    });
  });

  it('counts a device that flaps all day once, and nobody else on another day', () => {
    const flaps = Array.from({ length: 9 }, (_, i) => ({
      ...tampered('new', 3, 5),
      openedAt: secondsAfter(day(5), i * 600),
    }));
    expect(rateOf(worn, flaps, 'new')).toMatchObject({ tamperDays: 1 });
    expect(rateOf(worn, [tampered('new', 3, 31)], 'new')).toMatchObject({ tamperDays: 0 });
  });
});

describe('given fleets in which every batch has the same rate', () => {
  it('hardly ever finds one out of line', () => {
    let found = 0;
    const worn = ['a', 'b', 'c', 'd'].flatMap((name) => batch(name, 25));
    const hits = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(24), fc.nat(29)), {
      ...{ minLength: 5, maxLength: 60 },
    });
    fc.assert(
      fc.property(hits, (drawn) => {
        const tampers = drawn.map(([name, device, n]) => tampered(name, device, n));
        found += batchRates(worn, tampers, PERIOD).filter((rate) => rate.isOutOfLine).length;
      }),
      { numRuns: 200 },
    );
    expect(found).toBeLessThanOrEqual(4);
  });
});
