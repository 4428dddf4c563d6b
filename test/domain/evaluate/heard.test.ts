import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Heard,
  heardAgainAt,
  heardFrom,
  silenceDueAt,
  silentSince,
  UNBROKEN_SECONDS,
  withReceipt,
} from '#domain/evaluate/heard.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';

const T = instant(1_780_000_000_000);
const later = (seconds: number): Instant => secondsAfter(T, seconds);
const told = (receipts: readonly Instant[]): Heard => receipts.reduce<Heard>(withReceipt, []);

const receipts = fc.array(fc.integer({ min: 0, max: 40_000 }).map(later), { maxLength: 40 });
const patience = fc.integer({ min: UNBROKEN_SECONDS, max: 10_800 });

/** What the stretches stand for, told from the receipts themselves. */
const lastBefore = (all: readonly Instant[], at: Instant): Instant | undefined =>
  all.filter((one) => one <= at).sort((a, b) => b - a)[0];

describe('receipts, in whatever order they become known', () => {
  it('come to the same stretches', () => {
    fc.assert(
      fc.property(receipts, fc.integer(), (all, seed) => {
        const shuffled = [...all].sort((a, b) => ((a * 31 + seed) % 97) - ((b * 31 + seed) % 97));
        expect(told(shuffled)).toEqual(told(all));
      }),
    );
  });

  it('are stretches that lie apart by more than a silence that can be asked about', () => {
    fc.assert(
      fc.property(receipts, (all) => {
        const heard = told(all);
        for (const [i, { fromAt, toAt }] of heard.entries()) {
          expect(toAt).toBeGreaterThanOrEqual(fromAt);
          const next = heard[i + 1];
          if (next) expect(next.fromAt - toAt).toBeGreaterThan(UNBROKEN_SECONDS * 1000);
        }
      }),
    );
  });
});

describe('a silence', () => {
  it('is due exactly when it has lasted as long as was asked, and nothing came in between', () => {
    fc.assert(
      fc.property(receipts, patience, fc.integer({ min: 0, max: 60_000 }), (all, seconds, n) => {
        const expected = all
          .map((one) => secondsAfter(one, seconds))
          .filter((dueAt) => dueAt > later(n))
          .filter((dueAt) => lastBefore(all, dueAt) === secondsAfter(dueAt, -seconds))
          .sort((a, b) => a - b)[0];
        expect(silenceDueAt(told(all), later(n), seconds)).toBe(expected ?? null);
      }),
      { numRuns: 500 },
    );
  });

  it('has lasted since the last receipt, once it is longer than any that may pass', () => {
    fc.assert(
      fc.property(receipts, fc.integer({ min: 0, max: 60_000 }), (all, n) => {
        const last = lastBefore(all, later(n));
        const heard = told(all);
        const since = silentSince(heard, later(n));
        if (last === undefined) expect(since).toBeNull();
        else if (later(n) - last > UNBROKEN_SECONDS * 1000) expect(since).toBe(last);
        else expect(since === null || since === last).toBe(true);
      }),
    );
  });

  it('ends with the first receipt after it', () => {
    const heard = told([later(0), later(600), later(9_000)]);
    expect(heardAgainAt(heard, later(5_000))).toBe(later(9_000));
    expect(heardAgainAt(heard, later(9_000))).toBeNull();
  });
});

describe('what lies behind', () => {
  it('is forgotten without changing what is said from then on', () => {
    fc.assert(
      fc.property(receipts, patience, fc.integer({ min: 0, max: 40_000 }), (all, seconds, n) => {
        const [heard, at] = [told(all), later(n)];
        const kept = heardFrom(heard, at);
        expect(silenceDueAt(kept, at, seconds)).toBe(silenceDueAt(heard, at, seconds));
        expect(silentSince(kept, at)).toBe(silentSince(heard, at));
        expect(heardAgainAt(kept, at)).toBe(heardAgainAt(heard, at));
      }),
    );
  });
});
