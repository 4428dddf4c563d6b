import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '#domain/model/instant.ts';
import { covers, isActiveAt, nextEdgeAfter, windowAt } from '#domain/time/active-intervals.ts';
import type { CompiledTimetable } from '#domain/time/compile-timetable.ts';
import { type ActiveInterval, clip, cutOut, unite } from '#domain/time/interval-sets.ts';

const interval = (start: number, end: number, endsBy: ActiveInterval['endsBy'] = 'windows.0') => ({
  startAt: instant(start),
  endAt: instant(end),
  startsBy: 'windows.0' as const,
  endsBy,
});
const compiled = (...intervals: ActiveInterval[]): CompiledTimetable => ({
  fromAt: instant(0),
  untilAt: instant(100),
  tzdataVersion: 'test',
  intervals,
});

describe('a compiled timetable', () => {
  const evenings = compiled(interval(10, 20), interval(30, 40), interval(90, 100, 'horizon'));

  it('is active from the start of a window until just before its end', () => {
    const active = [9, 10, 19, 20, 30, 39, 40, 90, 99].filter((at) =>
      isActiveAt(evenings, instant(at)),
    );
    expect(active).toEqual([10, 19, 30, 39, 90, 99]);
  });

  it('gives the window that holds an instant', () => {
    expect(windowAt(evenings, instant(35))).toEqual(interval(30, 40));
    expect(windowAt(evenings, instant(25))).toBeUndefined();
  });

  it.each([
    [0, { at: 10, kind: 'start' }],
    [10, { at: 20, kind: 'end' }],
    [19, { at: 20, kind: 'end' }],
    [20, { at: 30, kind: 'start' }],
    [40, { at: 90, kind: 'start' }],
    [90, { at: 100, kind: 'horizon' }],
  ])('has after %d its next edge', (at, edge) => {
    expect(nextEdgeAfter(evenings, instant(at))).toEqual(edge);
  });

  it('ends in the horizon where nothing more was compiled, and when it has no windows', () => {
    expect(nextEdgeAfter(compiled(interval(10, 20)), instant(20))).toEqual({
      at: 100,
      kind: 'horizon',
    });
    expect(nextEdgeAfter(compiled(), instant(0))).toEqual({ at: 100, kind: 'horizon' });
  });

  it.each([
    ['isActiveAt', isActiveAt],
    ['windowAt', windowAt],
    ['nextEdgeAfter', nextEdgeAfter],
  ] as const)('is asked by %s about its own time only', (_, ask) => {
    const later: CompiledTimetable = { ...evenings, fromAt: instant(5) };
    expect(covers(later, instant(5)) && covers(later, instant(99))).toBe(true);
    for (const at of [4, 100, 101]) {
      expect(covers(later, instant(at))).toBe(false);
      expect(() => ask(later, instant(at))).toThrow(/compile it for that time/);
    }
  });
});

describe('sets of intervals', () => {
  const some = fc.array(
    fc.tuple(fc.nat(99), fc.nat(99)).map(([a, b]) => interval(Math.min(a, b), Math.max(a, b))),
    { maxLength: 8 },
  );
  const holds = (set: readonly ActiveInterval[], at: number): boolean =>
    set.some(({ startAt, endAt }) => at >= startAt && at < endAt);
  const moments: Instant[] = Array.from({ length: 101 }, (_, i) => instant(i));
  const isOrdered = (set: readonly ActiveInterval[]): boolean =>
    set.every(({ startAt, endAt }, i) => startAt < endAt && startAt > (set[i - 1]?.endAt ?? -1));

  it('hold what their parts hold, in order, and never touch', () => {
    fc.assert(
      fc.property(some, (set) => {
        const united = unite(set);
        expect(isOrdered(united)).toBe(true);
        for (const at of moments) expect(holds(united, at)).toBe(holds(set, at));
      }),
    );
  });

  it('lose what is cut out, and keep the rest', () => {
    fc.assert(
      fc.property(some, some, (set, cuts) => {
        const left = cutOut(unite(set), cuts);
        expect(isOrdered(left)).toBe(true);
        for (const at of moments) {
          expect(holds(left, at)).toBe(holds(set, at) && !holds(cuts, at));
        }
      }),
    );
  });

  it('keep what lies within a limit', () => {
    fc.assert(
      fc.property(some, fc.nat(99), fc.nat(99), (set, a, b) => {
        const limit = interval(Math.min(a, b), Math.max(a, b));
        const left = clip(unite(set), limit);
        expect(isOrdered(left)).toBe(true);
        for (const at of moments)
          expect(holds(left, at)).toBe(holds(set, at) && holds([limit], at));
      }),
    );
  });

  it('are searched as looking through them would', () => {
    fc.assert(
      fc.property(some, fc.nat(99), (set, at) => {
        const timetable = compiled(...unite(set));
        expect(isActiveAt(timetable, instant(at))).toBe(holds(set, at));
        const next = moments.find((later) => later > at && holds(set, later) !== holds(set, at));
        const edge = nextEdgeAfter(timetable, instant(at));
        expect(edge.at).toBe(next ?? 100);
        if (next !== undefined) expect(edge.kind).toBe(holds(set, at) ? 'end' : 'start');
      }),
    );
  });
});
