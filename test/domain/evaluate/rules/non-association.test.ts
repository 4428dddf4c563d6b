import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { instant } from '#domain/model/instant.ts';
import {
  meetsOther,
  passesOther,
  sharesQuarter,
} from '#local/worlds/generators/non-association.ts';
import { expectTold } from '#test/support/oracle-days.ts';
import { KEEP_APART, otherAt, superviseTwo, wearerAt } from '#test/support/pairs.ts';
import { START } from '#test/support/walks.ts';

const uploads = fc.record({
  ...{ seed: fc.nat(1e6), heldPercent: fc.constant(0), heldSeconds: fc.constant(0) },
  everySeconds: fc.constantFrom(60, 240),
  repeatPercent: fc.constantFrom(0, 30),
});

describe('given days of two people who must not meet', () => {
  it('finds each meeting once, as long as it takes', () => {
    expectTold(meetsOther, { numRuns: 4, deliveries: uploads });
  });

  it('finds nothing where they pass each other in the street', () => {
    expectTold(passesOther, { numRuns: 4, deliveries: uploads });
  });

  it('finds nothing where they live a street apart', () => {
    expectTold(sharesQuarter, { numRuns: 4, deliveries: uploads });
  });
});

const second = (n: number) => instant(START + n * 1000);

/** Both at rest, a fix a minute each, so many metres apart from one minute to another. */
const beside = (fromMinute: number, toMinute: number, metres: number): DeviceEvent[] =>
  Array.from({ length: toMinute - fromMinute }, (_, i) => (fromMinute + i) * 60).flatMap((s) => [
    wearerAt(second(s), 0),
    otherAt(second(s + 30), metres),
  ]);

const marksOf = (events: readonly DeviceEvent[], untilMinute: number, more = {}) =>
  evaluate({
    supervision: superviseTwo([{ ...KEEP_APART, ...more }]),
    ...{ state: null, events, until: second(untilMinute * 60) },
  }).changes.map(({ mark }) => mark);

describe('given two people 20 m apart', () => {
  it('is nothing yet before the dwell is over', () => {
    expect(marksOf(beside(0, 9, 20), 9)).toEqual([]);
  });

  it('is a meeting from its beginning once it has lasted the dwell', () => {
    const [mark] = marksOf(beside(0, 13, 20), 13);
    expect(mark).toMatchObject({ reason: 'together-with-other', about: 'w-1', endedAt: null });
    expect(mark?.openedAt).toBeLessThan(second(180));
    expect(mark?.foundAt).toBeGreaterThanOrEqual(second(600));
    expect(mark?.distanceMetres).toBe(20);
  });

  it('goes on at less than the leaving distance, and ends beyond it', () => {
    const near = [...beside(0, 13, 20), ...beside(13, 20, 70)];
    expect(marksOf(near, 20)[0]?.endedAt).toBeNull();
    expect(marksOf([...near, ...beside(20, 25, 160)], 25)[0]?.endReason).toBe('back-in-order');
  });

  it('is no meeting where the dwell passes without a fix', () => {
    const events = [...beside(0, 4, 20)];
    expect(marksOf(events, 14)).toEqual([]);
  });

  it('goes by the distance and the dwell of the order', () => {
    expect(marksOf(beside(0, 6, 20), 6, { dwellSeconds: 120 })).toHaveLength(1);
    expect(marksOf(beside(0, 13, 20), 13, { togetherMetres: 10 })).toEqual([]);
  });
});

describe('given two people whose devices do not say whether they move', () => {
  const silent = { motion: 'unknown' };
  /** By turns, so many seconds apart, each an honest few metres off. */
  const byTurns = (minutes: number, { everySeconds = 60, metres = 2 } = {}): DeviceEvent[] =>
    Array.from({ length: (minutes * 60) / everySeconds }, (_, i) => i * everySeconds).flatMap(
      (s) => [
        wearerAt(second(s), 5 * Math.sin(s), silent),
        otherAt(second(s + everySeconds / 2), metres + 5 * Math.cos(s), silent),
      ],
    );

  it.each([60, 120, 240])('finds them together who report each %i s, by turns', (everySeconds) => {
    const found = marksOf(byTurns(45, { everySeconds }), 45);
    expect(found).toMatchObject([{ reason: 'together-with-other', endedAt: null }]);
  });

  it('finds nothing where they stay a street apart', () => {
    expect(marksOf(byTurns(45, { metres: 110 }), 45)).toEqual([]);
  });
});

describe('given an order of each that names the other', () => {
  it('finds one violation of each, of one pair', () => {
    const supervision = superviseTwo([KEEP_APART], [{ ...KEEP_APART, otherWearerId: 'w-1' }]);
    const events = beside(0, 13, 20);
    const { changes } = evaluate({ supervision, state: null, events, until: second(780) });
    expect(changes.map(({ mark }) => mark.about).sort()).toEqual(['p-1', 'w-1']);
    expect(new Set(changes.map(({ mark }) => mark.violationId)).size).toBe(2);
  });
});
