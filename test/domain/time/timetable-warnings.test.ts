import { describe, expect, it } from 'vitest';
import { parseTimetable } from '#domain/time/timetable.ts';
import { exception, london, refusals, window } from './parsed.ts';

describe('a timetable that can be followed', () => {
  it('comes back with its defaults and the zone in the database’s spelling', () => {
    expect(parseTimetable({ timeZone: 'europe/LONDON', windows: [window] })).toEqual({
      ok: true,
      warnings: [],
      timetable: {
        timeZone: 'Europe/London',
        windows: [window],
        exceptions: [],
        validFrom: null,
        validUntil: null,
      },
    });
  });

  it('is read again as it was read', () => {
    const first = parseTimetable(
      exception({ from: '2026-10-25T01:30Z', until: '2026-10-25T05:00' }),
    );
    if (!first.ok) throw new Error(JSON.stringify(first.problems));
    expect(parseTimetable(first.timetable)).toEqual(first);
  });

  it('may have windows that touch', () => {
    const windows = [
      { days: ['mon'], start: '00:00', end: '12:00' },
      { days: ['mon'], start: '12:00', end: '00:00' },
      { days: ['sun'], start: '23:00', end: '00:00' },
    ];
    expect(refusals(london({ windows }))).toEqual([]);
  });

  it('says of hours that are too many which they are, and where they stand', () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    const read = parseTimetable(london({ windows: [{ days, start: '01:00', end: '22:00' }] }));
    const codes = read.ok ? read.warnings.map(({ code, path }) => `${code} ${path.join()}`) : [];
    expect(codes).toEqual([
      'over-112-hours-a-week windows',
      ...days.map(() => 'over-20-hours-a-day windows'),
    ]);
  });

  const hours = (windows: unknown): string[] => {
    const result = parseTimetable(london({ windows }));
    return result.ok ? result.warnings.map(({ message }) => message) : ['refused'];
  };
  const allDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

  it.each<[string, unknown, string[]]>([
    ['16 h a night', [{ days: allDays, start: '16:00', end: '08:00' }], []],
    [
      'a second more than 112 h a week',
      [
        { days: allDays, start: '16:00', end: '08:00' },
        { days: ['mon'], start: '12:00', end: '12:00:01' },
      ],
      [`${112 + 1 / 3600} h a week; a curfew has 112 h at most`],
    ],
    ['20 h on one day', [{ days: ['mon'], start: '04:00', end: '00:00' }], []],
    [
      '21 h of one day, in two windows',
      [
        { days: ['mon'], start: '04:00', end: '00:00' },
        { days: ['sun'], start: '23:00', end: '01:00' },
      ],
      ['21 h on mon; a curfew has 20 h a day at most'],
    ],
    ['21 h over two days', [{ days: ['mon'], start: '19:00', end: '16:00' }], []],
    [
      'all hours',
      [{ days: allDays, start: '00:00', end: '00:00' }],
      [
        '168 h a week; a curfew has 112 h at most',
        ...allDays.map((day) => `24 h on ${day}; a curfew has 20 h a day at most`),
      ],
    ],
  ])('warns of %s only beyond the law’s limits', (_, windows, expected) => {
    expect(hours(windows)).toEqual(expected);
  });
});
