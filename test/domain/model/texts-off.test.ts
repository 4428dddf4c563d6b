import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { areTextsOffAt, type TextsOff, textsStoppedAt, turned } from '#domain/model/texts-off.ts';
import { at } from '#test/support/supervisions.ts';

const T = at('2026-03-02T19:00:00Z');
const texts = fc.array(
  fc.record({
    kind: fc.constantFrom('stop' as const, 'start' as const),
    waitSeconds: fc.integer({ min: 1, max: 100_000 }),
  }),
  { maxLength: 12 },
);

describe('given what a wearer has texted, one after another', () => {
  it('says of each instant whether the last before it was STOP', () => {
    fc.assert(
      fc.property(texts, (all) => {
        let off: TextsOff[] = [];
        let now = T;
        let isOff = false;
        const seen: (readonly [Instant, boolean])[] = [[T, false]];
        for (const { kind, waitSeconds } of all) {
          now = secondsAfter(now, waitSeconds);
          off = turned(off, kind, now);
          isOff = kind === 'stop';
          seen.push([now, isOff]);
        }
        expect(textsStoppedAt(off) !== null).toBe(isOff);
        for (const [then, wasOff] of seen) expect(areTextsOffAt(off, then)).toBe(wasOff);
      }),
    );
  });

  it('goes on from the first STOP where several come', () => {
    const first = turned([], 'stop', T);
    expect(turned(first, 'stop', secondsAfter(T, 60))).toEqual([{ fromAt: T, untilAt: null }]);
  });
});
