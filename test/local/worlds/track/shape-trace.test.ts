import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { cutTrace, repeatTrace, retimeTrace, thinTrace } from '#local/worlds/track/shape-trace.ts';
import type { Trace } from '#local/worlds/track/trace.ts';
import { START, traceAt } from './traces.ts';

const secondsOf = (trace: Trace): number[] =>
  trace.map(({ recordedAt }) => (recordedAt - START) / 1000);

const sortedSeconds = fc
  .array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 80 })
  .map((seconds) => seconds.sort((a, b) => a - b));

describe('given a recording', () => {
  it('keeps what lies between two instants, both included', () => {
    const cut = cutTrace(traceAt(0, 10, 20, 30), instant(START + 10_000), instant(START + 20_000));
    expect(secondsOf(cut)).toEqual([10, 20]);
  });

  it('begins on another day at the instant asked for, with all else as it was', () => {
    fc.assert(
      fc.property(sortedSeconds, fc.integer({ min: 0, max: 2e12 }), (seconds, startsAt) => {
        const trace = traceAt(...seconds);
        const moved = retimeTrace(trace, instant(startsAt));
        expect(moved[0]?.recordedAt).toBe(startsAt);
        const shifts = moved.map((fix, i) => fix.recordedAt - (trace[i]?.recordedAt ?? 0));
        expect(new Set(shifts).size).toBe(1);
        expect(moved.map(({ lat }) => lat)).toEqual(trace.map(({ lat }) => lat));
      }),
    );
  });

  it('is repeated at even times, and cut off at the end', () => {
    const until = instant(START + 130_000);
    const day = repeatTrace(traceAt(0, 20, 40), { from: START, until, everySeconds: 60 });
    expect(secondsOf(day)).toEqual([0, 20, 40, 60, 80, 100, 120]);
  });

  it('is thinned to the first fix of each minute, and the last of all', () => {
    expect(secondsOf(thinTrace(traceAt(0, 7, 59, 60, 61, 200, 214), 60))).toEqual([
      0, 60, 200, 214,
    ]);
  });

  it('is as it was when it is no denser than asked for', () => {
    expect(secondsOf(thinTrace(traceAt(0, 60, 300), 60))).toEqual([0, 60, 300]);
  });

  it('is thinned to its own fixes, its first and its last among them, one a stretch', () => {
    fc.assert(
      fc.property(sortedSeconds, fc.integer({ min: 1, max: 600 }), (seconds, every) => {
        const thin = secondsOf(thinTrace(traceAt(...seconds), every));
        expect(thin.every((second) => seconds.includes(second))).toBe(true);
        expect([thin[0], thin.at(-1)]).toEqual([seconds[0], seconds.at(-1)]);
        const stretches = thin.slice(0, -1).map((s) => Math.floor((s - (thin[0] ?? 0)) / every));
        expect(new Set(stretches).size).toBe(stretches.length);
      }),
    );
  });
});

describe('given a recording without a fix', () => {
  it('stays so', () => {
    expect([retimeTrace([], START), thinTrace([], 60)]).toEqual([[], []]);
  });
});
