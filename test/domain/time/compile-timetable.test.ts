import { describe, expect, it } from 'vitest';
import { compileTimetable } from '#domain/time/compile-timetable.ts';
import { at, intervals, nightly, timetableOf } from './compiled.ts';

describe('windows of a week', () => {
  const week = ['2026-11-15T12:00Z', '2026-11-22T12:00Z'] as const;

  it('come on the days they name, over midnight and over Sunday', () => {
    const windows = [
      { days: ['wed'], start: '09:00', end: '10:30:30' },
      { days: ['sun'], start: '22:00', end: '05:00' },
    ];
    expect(intervals({ timeZone: 'UTC', windows }, ...week)).toEqual([
      ['2026-11-15T22:00', '2026-11-16T05:00', 7],
      ['2026-11-18T09:00', '2026-11-18T10:30', 1.5 + 30 / 3600],
    ]);
  });

  it('become one where one ends as the next begins', () => {
    const windows = [
      { days: ['mon'], start: '19:00', end: '00:00' },
      { days: ['tue'], start: '00:00', end: '07:00' },
      { days: ['thu', 'fri'], start: '00:00', end: '00:00' },
    ];
    expect(intervals({ timeZone: 'UTC', windows }, ...week)).toEqual([
      ['2026-11-16T19:00', '2026-11-17T07:00', 12],
      ['2026-11-19T00:00', '2026-11-21T00:00', 48],
    ]);
  });

  it('are cut off at the horizon, and say so', () => {
    const compiled = compileTimetable(timetableOf({ timeZone: 'UTC', windows: nightly() }), {
      fromAt: at('2026-11-20T22:00Z'),
      untilAt: at('2026-11-21T20:00Z'),
      tzdataVersion: '2026c',
    });
    expect(compiled).toEqual({
      fromAt: at('2026-11-20T22:00Z'),
      untilAt: at('2026-11-21T20:00Z'),
      tzdataVersion: '2026c',
      intervals: [
        {
          startAt: at('2026-11-20T22:00Z'),
          endAt: at('2026-11-21T07:00Z'),
          startsBy: 'horizon',
          endsBy: 'windows.0',
        },
        {
          startAt: at('2026-11-21T19:00Z'),
          endAt: at('2026-11-21T20:00Z'),
          startsBy: 'windows.0',
          endsBy: 'horizon',
        },
      ],
    });
  });

  it('are known in a horizon that begins in the midst of a night', () => {
    const timetable = { timeZone: 'Europe/London', windows: nightly() };
    expect(intervals(timetable, '2026-11-21T03:00Z', '2026-11-21T12:00Z')).toEqual([
      ['2026-11-21T03:00', '2026-11-21T07:00', 4],
    ]);
  });

  it('are the same for a piece of a longer horizon', () => {
    const timetable = { timeZone: 'Europe/London', windows: nightly('21:30', '06:15') };
    const whole = intervals(timetable, '2026-01-01T12:00Z', '2027-01-01T12:00Z');
    const pieces = Array.from({ length: 365 }, (_, i) => {
      const noon = Date.parse('2026-01-01T12:00Z') + i * 86_400_000;
      return intervals(
        timetable,
        new Date(noon).toISOString(),
        new Date(noon + 86_400_000).toISOString(),
      );
    });
    expect(pieces.flat()).toEqual(whole);
    expect(whole).toHaveLength(365);
  });

  it('hold within the first and the last day of validity, both included', () => {
    const timetable = {
      timeZone: 'Europe/London',
      windows: nightly(),
      validFrom: '2026-06-10',
      validUntil: '2026-06-11',
    };
    const compiled = compileTimetable(timetableOf(timetable), {
      fromAt: at('2026-06-01T00:00Z'),
      untilAt: at('2026-07-01T00:00Z'),
      tzdataVersion: '2026c',
    });
    expect(compiled.intervals).toEqual([
      {
        startAt: at('2026-06-09T23:00Z'),
        endAt: at('2026-06-10T06:00Z'),
        startsBy: 'validity',
        endsBy: 'windows.0',
      },
      {
        startAt: at('2026-06-10T18:00Z'),
        endAt: at('2026-06-11T06:00Z'),
        startsBy: 'windows.0',
        endsBy: 'windows.0',
      },
      {
        startAt: at('2026-06-11T18:00Z'),
        endAt: at('2026-06-11T23:00Z'),
        startsBy: 'windows.0',
        endsBy: 'validity',
      },
    ]);
  });

  it('refuse a horizon of no length', () => {
    const timetable = timetableOf({ timeZone: 'UTC', windows: nightly() });
    const now = at('2026-01-01T00:00Z');
    expect(() =>
      compileTimetable(timetable, { fromAt: now, untilAt: now, tzdataVersion: 'x' }),
    ).toThrow(/no time/);
  });
});
