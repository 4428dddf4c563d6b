import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimetable } from '#domain/time/timetable.ts';
import { exception, london, refusals, window } from './parsed.ts';

describe('a timetable that cannot be followed', () => {
  it.each<[string, unknown, string, string, RegExp]>([
    ['nothing', null, 'malformed', '', /./],
    ['a missing zone', { windows: [window] }, 'malformed', 'timeZone', /./],
    [
      'a zone that is none',
      london({ timeZone: 'Europe/Londres' }),
      'unknown-time-zone',
      'timeZone',
      /Europe\/Londres/,
    ],
    [
      'an offset for a zone',
      london({ timeZone: '+01:00' }),
      'unknown-time-zone',
      'timeZone',
      /as Europe\/London/,
    ],
    ['no windows', london({ windows: [] }), 'never-active', 'windows', /never be active/],
    [
      'a window without days',
      london({ windows: [{ ...window, days: [] }] }),
      'malformed',
      'windows.0.days',
      /./,
    ],
    [
      'a day that is none',
      london({ windows: [{ ...window, days: ['monday'] }] }),
      'malformed',
      'windows.0.days.0',
      /./,
    ],
    [
      'a time of 24:00',
      london({ windows: [{ ...window, end: '24:00' }] }),
      'malformed',
      'windows.0.end',
      /time of day/,
    ],
    [
      'a time of 7:00',
      london({ windows: [{ ...window, end: '7:00' }] }),
      'malformed',
      'windows.0.end',
      /time of day/,
    ],
    ['30 February', exception({ date: '2026-02-30' }), 'malformed', 'exceptions.0.date', /./],
    [
      'an exception without a time',
      exception({}),
      'malformed',
      'exceptions.0',
      /either a date, or both/,
    ],
    [
      'an exception with both kinds of time',
      exception({ date: '2026-02-03', from: '2026-02-03T10:00', until: '2026-02-03T11:00' }),
      'malformed',
      'exceptions.0',
      /either a date, or both/,
    ],
    [
      'a day with a start',
      exception({ date: '2026-02-03', from: '2026-02-03T10:00' }),
      'malformed',
      'exceptions.0',
      /either a date, or both/,
    ],
    [
      'a day with an end',
      exception({ date: '2026-02-03', until: '2026-02-03T10:00' }),
      'malformed',
      'exceptions.0',
      /either a date, or both/,
    ],
    [
      'half an exception',
      exception({ from: '2026-02-03T10:00' }),
      'malformed',
      'exceptions.0',
      /either a date, or both/,
    ],
    [
      'an exception without reason',
      exception({ date: '2026-02-03', reason: '' }),
      'malformed',
      'exceptions.0.reason',
      /./,
    ],
    [
      'an exception on 30 February',
      exception({ from: '2026-02-30T10:00', until: '2026-03-03T11:00' }),
      'malformed',
      'exceptions.0.from',
      /local date and time/,
    ],
    [
      'a window of no length',
      london({ windows: [window, { days: ['sun'], start: '12:00', end: '12:00:00' }] }),
      'zero-length',
      'windows.1.end',
      /starts: it has no length; a whole day is written from 00:00 to 00:00/,
    ],
    [
      'an exception of no length',
      exception({ from: '2026-02-03T10:00', until: '2026-02-03T10:00' }),
      'zero-length',
      'exceptions.0.until',
      /not after its start/,
    ],
    [
      'an exception that ends before it starts',
      exception({ from: '2026-02-03T10:00', until: '2026-02-03T09:00' }),
      'zero-length',
      'exceptions.0.until',
      /not after its start/,
    ],
    [
      'an exception at a time shown twice',
      exception({ from: '2026-10-25T01:30', until: '2026-10-25T05:00' }),
      'ambiguous-time',
      'exceptions.0.from',
      /2026-10-25T01:30 comes twice in Europe\/London.*write 2026-10-25T01:30\+01:00 or 2026-10-25T01:30\+00:00/,
    ],
    [
      'an exception at a time never shown',
      exception({ from: '2026-03-28T20:00', until: '2026-03-29T01:30' }),
      'missing-time',
      'exceptions.0.until',
      /does not exist.*write 2026-03-29T00:30\+00:00 or 2026-03-29T02:30\+01:00/,
    ],
    [
      'an exception never shown, with an offset',
      exception({ from: '2026-03-29T01:30+01:00', until: '2026-03-29T05:00' }),
      'missing-time',
      'exceptions.0.from',
      /does not exist/,
    ],
    [
      'an offset that the zone does not have',
      exception({ from: '2026-06-01T10:00+02:00', until: '2026-06-01T12:00' }),
      'wrong-offset',
      'exceptions.0.from',
      /2026-06-01T10:00\+01:00/,
    ],
    [
      'a day that the zone skipped',
      { ...exception({ date: '2011-12-30' }), timeZone: 'Pacific/Apia' },
      'missing-time',
      'exceptions.0.date',
      /skipped that day/,
    ],
    [
      'validity that ends before it starts',
      london({ validFrom: '2026-02-01', validUntil: '2026-01-31' }),
      'ends-before-start',
      'validUntil',
      /before the first/,
    ],
  ])('is refused for %s', (_, input, code, path, message) => {
    expect(refusals(input)).toContainEqual([code, path, expect.stringMatching(message)]);
  });

  it.each<[string, unknown]>([
    [
      'extra hours alone',
      { ...exception({ kind: 'extra-hours', date: '2026-02-03' }), windows: [] },
    ],
    ['a first day alone', london({ validFrom: '2026-02-01' })],
    ['a last day alone', london({ validUntil: '2026-02-01' })],
    ['one day', london({ validFrom: '2026-02-01', validUntil: '2026-02-01' })],
  ])('is taken with %s', (_, input) => {
    expect(refusals(input)).toEqual([]);
  });

  it.each<[string, unknown[], string, RegExp]>([
    [
      'on one day',
      [
        { days: ['mon'], start: '09:00', end: '11:00' },
        { days: ['mon'], start: '10:59', end: '12:00' },
      ],
      'windows.1',
      /windows\[0\] from mon 10:59 to mon 11:00/,
    ],
    [
      'over midnight',
      [
        { days: ['mon'], start: '19:00', end: '07:00' },
        { days: ['tue'], start: '06:00', end: '08:00' },
      ],
      'windows.1',
      /from tue 06:00 to tue 07:00/,
    ],
    [
      'over the end of the week',
      [
        { days: ['mon'], start: '06:00', end: '08:00' },
        { days: ['sun'], start: '19:00', end: '07:00' },
      ],
      'windows.0',
      /windows\[1\] from mon 06:00 to mon 07:00/,
    ],
    [
      'with a whole day',
      [
        { days: ['mon'], start: '00:00', end: '00:00' },
        { days: ['sun'], start: '10:00', end: '00:00:01' },
      ],
      'windows.0',
      /from mon 00:00 to mon 00:00:01/,
    ],
    [
      'by naming a day twice',
      [{ days: ['mon', 'mon'], start: '09:00', end: '11:00' }],
      'windows.0',
      /windows\[0\]/,
    ],
  ])('is refused for windows that overlap %s', (_, windows, path, message) => {
    const problems = refusals(london({ windows }));
    expect(problems).toEqual([['overlapping-windows', path, expect.stringMatching(message)]]);
  });

  it('never throws, whatever it is given', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom('2026-10-25T01:30', '0000-01-01', '9999-12-31T23:59', '2026-10-25T01:30Z'),
    );
    fc.assert(
      fc.property(fc.anything(), fc.string(), texts, texts, (value, timeZone, from, until) => {
        expect(parseTimetable(value).ok).toBe(false);
        expect(typeof parseTimetable(london({ timeZone })).ok).toBe('boolean');
        expect(typeof parseTimetable(exception({ from, until })).ok).toBe('boolean');
        expect(typeof parseTimetable(exception({ date: from })).ok).toBe('boolean');
      }),
    );
  });
});
