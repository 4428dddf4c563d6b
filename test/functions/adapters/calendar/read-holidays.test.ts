import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHolidays } from '#functions/adapters/calendar/read-holidays.ts';

const DATES = { from: '2025-01-01', until: '2028-12-31' };
const FEED = new URL('../../../fixtures/calendars/england-and-wales.ics', import.meta.url);

const calendar = (...events: readonly (readonly string[])[]): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN'],
    ...events.flatMap((lines, i) => ['BEGIN:VEVENT', `UID:${i}`, ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');

const datesOf = (text: string): string[] => {
  const read = readHolidays(text, DATES);
  return read.ok ? read.days.map(({ date }) => date) : [read.message];
};
const day = (text: string) => `DTSTART;VALUE=DATE:${text}`;

describe('a feed of bank holidays', () => {
  const read = readHolidays(readFileSync(FEED, 'utf8'), DATES);

  it('is read day by day, under its name', () => {
    expect(read).toMatchObject({
      ok: true,
      name: 'Bank holidays in England and Wales',
      ignored: 0,
    });
    const days = read.ok ? read.days.map(({ date, name }) => `${date} ${name}`) : [];
    expect(days).toEqual([
      '2026-01-01 New Year’s Day',
      '2026-04-03 Good Friday',
      '2026-04-06 Easter Monday',
      '2026-05-04 Early May bank holiday',
      '2026-05-25 Spring bank holiday',
      '2026-08-31 Summer bank holiday',
      '2026-12-25 Christmas Day',
      '2026-12-28 Boxing Day',
      '2027-01-01 New Year’s Day',
      '2027-03-26 Good Friday',
    ]);
  });
});

describe('the days of a calendar', () => {
  it.each([
    ['a day', [[day('20261225')]], ['2026-12-25']],
    [
      'a stretch, whose end is no part of it',
      [[day('20261224'), 'DTEND;VALUE=DATE:20261227']],
      ['2026-12-24', '2026-12-25', '2026-12-26'],
    ],
    ['a stretch by its length', [[day('20261231'), 'DURATION:P2D']], ['2026-12-31', '2027-01-01']],
    [
      'a day of each year, as far as it matters',
      [[day('19700101'), 'RRULE:FREQ=YEARLY']],
      ['2025-01-01', '2026-01-01', '2027-01-01', '2028-01-01'],
    ],
    [
      'the last Monday of a month',
      [[day('20250526'), 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO']],
      ['2025-05-26', '2026-05-25', '2027-05-31', '2028-05-29'],
    ],
    [
      'without those that were taken out',
      [[day('20250101'), 'RRULE:FREQ=YEARLY;COUNT=3', 'EXDATE;VALUE=DATE:20260101']],
      ['2025-01-01', '2027-01-01'],
    ],
    [
      'with those that were put in',
      [[day('20250101'), 'RDATE;VALUE=DATE:20250102']],
      ['2025-01-01', '2025-01-02'],
    ],
    ['once, whoever else has it', [[day('20261225')], [day('20261225')]], ['2026-12-25']],
    ['none that is cancelled', [[day('20261225'), 'STATUS:CANCELLED']], []],
    ['none that has hours', [['DTSTART:20261225T090000Z', 'DTEND:20261225T170000Z']], []],
    ['none without a start', [['SUMMARY:Lost']], []],
    [
      'the 29th of February, where it comes',
      [[day('20240229'), 'RRULE:FREQ=YEARLY']],
      ['2028-02-29'],
    ],
    ['none that never comes', [[day('20260101'), 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30']], []],
  ])('are %s', (_, events, expected) => {
    expect(datesOf(calendar(...events))).toEqual(expected);
  });

  it('follow an occurrence that was moved', () => {
    const moved = ['DTSTART;VALUE=DATE:20261228', 'RECURRENCE-ID;VALUE=DATE:20261226'];
    const text = [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN'],
      ...['BEGIN:VEVENT', 'UID:box', day('20251226'), 'RRULE:FREQ=YEARLY;COUNT=3', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:box', ...moved, 'SUMMARY:Boxing Day (moved)', 'END:VEVENT'],
      'END:VCALENDAR',
    ].join('\r\n');
    expect(datesOf(text)).toEqual(['2025-12-26', '2026-12-28', '2027-12-26']);
  });

  it('keep to their own event when another, of the same day, was taken out', () => {
    const out = ['UID:rest', 'RECURRENCE-ID;VALUE=DATE:20260101', 'STATUS:CANCELLED'];
    const text = [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN'],
      ...['BEGIN:VEVENT', 'UID:year', day('20250101'), 'RRULE:FREQ=YEARLY;COUNT=2', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:rest', day('20250101'), 'RRULE:FREQ=YEARLY;COUNT=2', 'END:VEVENT'],
      ...['BEGIN:VEVENT', ...out, day('20260101'), 'END:VEVENT'],
      'END:VCALENDAR',
    ].join('\r\n');
    expect(datesOf(text)).toEqual(['2025-01-01', '2026-01-01']);
  });

  it('are read within a second of thousands of events', () => {
    const weekly = [day('20250106'), 'RRULE:FREQ=WEEKLY;COUNT=2'];
    const startedAt = performance.now();
    expect(datesOf(calendar(...Array.from({ length: 3_000 }, () => weekly)))).toEqual([
      '2025-01-06',
      '2025-01-13',
    ]);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('say how many events were no whole days', () => {
    const text = calendar([day('20261225')], ['DTSTART:20261225T090000Z', 'DURATION:PT1H']);
    expect(readHolidays(text, DATES)).toMatchObject({ ok: true, ignored: 1 });
  });
});

describe('what is no calendar of holidays', () => {
  const byRule = (rule: string): string => calendar([day('20260101'), `RRULE:${rule}`]);

  it.each([
    ['nothing', ''],
    ['another text', 'Christmas is on the 25th'],
    ['half a calendar', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART'],
    ['no date', calendar([day('20261345')])],
    ['something that comes back without end', calendar([day('19000101'), 'RRULE:FREQ=DAILY'])],
    [
      'something that comes back each second',
      calendar([day('20260101'), 'RRULE:FREQ=SECONDLY;COUNT=100000']),
    ],
    ['a day that never comes', byRule('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30')],
    ['an hour that never comes', byRule('FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30')],
    ['the 53rd of few days', byRule('FREQ=YEARLY;BYMONTH=10;BYDAY=-5TH;BYSETPOS=53')],
    ['a week of no month', byRule('FREQ=WEEKLY;INTERVAL=4;BYMONTH=6,5;BYWEEKNO=53')],
    ['once in a million years', byRule('FREQ=DAILY;INTERVAL=999999999')],
    ['a day of many years', calendar([day('20260101'), 'DTEND;VALUE=DATE:20990101'])],
  ])('is refused in plain words: %s', (_, text) => {
    const startedAt = performance.now();
    expect(readHolidays(text, DATES)).toMatchObject({ ok: false, message: expect.any(String) });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('never throws, whatever is sent', () => {
    const parts = fc.constantFrom(
      ...['BEGIN:VCALENDAR', 'END:VCALENDAR', 'BEGIN:VEVENT', 'END:VEVENT', 'UID:x', ':', ';'],
      ...[day('20261225'), 'DTEND;VALUE=DATE:20261227', 'RRULE:FREQ=YEARLY', 'RRULE:FREQ=X', ' '],
      ...['EXDATE:nonsense', 'DURATION:-P1D', 'RECURRENCE-ID;VALUE=DATE:20261225', 'SUMMARY:\\'],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string()), { maxLength: 14 }), (lines) => {
        expect(readHolidays(lines.join('\r\n'), DATES)).toHaveProperty('ok');
      }),
    );
  });
});
