import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '#domain/model/instant.ts';
import { compileTimetable } from '#domain/time/compile-timetable.ts';
import { parseTimetable, type Timetable } from '#domain/time/timetable.ts';

const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const nightly = (start = '19:00', end = '07:00') => [{ days: EVERY_DAY, start, end }];

const timetableOf = (input: unknown): Timetable => {
  const result = parseTimetable(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.timetable;
};

const at = (text: string): Instant => instant(Date.parse(text));

describe('exceptions', () => {
  const exceptions = (...list: Record<string, unknown>[]) => ({
    timeZone: 'Europe/London',
    windows: nightly(),
    exceptions: list.map((one) => ({ reason: 'as agreed', ...one })),
  });
  const edges = (input: unknown, from: string, until: string) =>
    compileTimetable(timetableOf(input), {
      fromAt: at(from),
      untilAt: at(until),
      tzdataVersion: 'x',
    }).intervals.map(({ startAt, endAt, startsBy, endsBy }) => [
      new Date(startAt).toISOString().slice(5, 16),
      startsBy,
      new Date(endAt).toISOString().slice(5, 16),
      endsBy,
    ]);

  it('cut permitted hours out of a night', () => {
    const absence = {
      kind: 'permitted-absence',
      from: '2026-06-10T20:00',
      until: '2026-06-10T23:30',
    };
    expect(edges(exceptions(absence), '2026-06-10T12:00Z', '2026-06-11T12:00Z')).toEqual([
      ['06-10T18:00', 'windows.0', '06-10T19:00', 'exceptions.0'],
      ['06-10T22:30', 'exceptions.0', '06-11T06:00', 'windows.0'],
    ]);
  });

  it('cut a whole local day out, from midnight to midnight', () => {
    const day = { kind: 'suspension', date: '2026-06-10' };
    expect(edges(exceptions(day), '2026-06-09T12:00Z', '2026-06-11T12:00Z')).toEqual([
      ['06-09T18:00', 'windows.0', '06-09T23:00', 'exceptions.0'],
      ['06-10T23:00', 'exceptions.0', '06-11T06:00', 'windows.0'],
    ]);
  });

  it('add hours, which join the window they touch', () => {
    const extra = { kind: 'extra-hours', from: '2026-06-10T15:00', until: '2026-06-10T19:00' };
    expect(edges(exceptions(extra), '2026-06-10T12:00Z', '2026-06-11T12:00Z')).toEqual([
      ['06-10T14:00', 'exceptions.0', '06-11T06:00', 'windows.0'],
    ]);
  });

  it('let a permitted absence hold in extra hours too, whatever their order', () => {
    const extra = { kind: 'extra-hours', date: '2026-06-10' };
    const absence = {
      kind: 'permitted-absence',
      from: '2026-06-10T09:00',
      until: '2026-06-10T10:00',
    };
    const expected = [
      ['06-09T18:00', '06-10T08:00'],
      ['06-10T09:00', '06-11T06:00'],
    ];
    for (const list of [
      [extra, absence],
      [absence, extra],
    ]) {
      const found = edges(exceptions(...list), '2026-06-09T12:00Z', '2026-06-11T12:00Z');
      expect(found.map(([start, , end]) => [start, end])).toEqual(expected);
    }
  });

  it('mean exactly the instant that an offset says', () => {
    const absence = {
      kind: 'permitted-absence',
      from: '2026-10-25T01:30+01:00',
      until: '2026-10-25T01:30+00:00',
    };
    expect(edges(exceptions(absence), '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([
      ['10-24T18:00', 'windows.0', '10-25T00:30', 'exceptions.0'],
      ['10-25T01:30', 'exceptions.0', '10-25T07:00', 'windows.0'],
    ]);
  });

  it('far outside the horizon change nothing in it', () => {
    const long = { kind: 'suspension', from: '2020-01-01T00:00', until: '2025-01-01T00:00' };
    const around = { kind: 'extra-hours', from: '2020-01-01T00:00', until: '2030-01-01T00:00' };
    expect(edges(exceptions(long), '2026-06-10T12:00Z', '2026-06-11T12:00Z')).toHaveLength(1);
    expect(edges(exceptions(around), '2026-06-10T12:00Z', '2026-06-11T12:00Z')).toEqual([
      ['06-10T12:00', 'horizon', '06-11T12:00', 'horizon'],
    ]);
  });

  it('may be all there is', () => {
    const only = { ...exceptions({ kind: 'extra-hours', date: '2026-06-10' }), windows: [] };
    expect(edges(only, '2026-06-01T00:00Z', '2026-07-01T00:00Z')).toEqual([
      ['06-09T23:00', 'exceptions.0', '06-10T23:00', 'exceptions.0'],
    ]);
  });
});
