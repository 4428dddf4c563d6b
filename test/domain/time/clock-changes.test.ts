import { describe, expect, it } from 'vitest';
import { EVERY_DAY, intervals, nightly } from './compiled.ts';

describe('a curfew from 19:00 to 07:00 on the nights that clocks change', () => {
  it.each([
    ['Europe/London', '2026-03-28T12:00Z', '2026-03-28T19:00', '2026-03-29T06:00', 11],
    ['Europe/London', '2026-10-24T12:00Z', '2026-10-24T18:00', '2026-10-25T07:00', 13],
    ['Europe/London', '2026-11-20T12:00Z', '2026-11-20T19:00', '2026-11-21T07:00', 12],
    ['America/New_York', '2026-03-07T17:00Z', '2026-03-08T00:00', '2026-03-08T11:00', 11],
    ['America/New_York', '2026-10-31T17:00Z', '2026-10-31T23:00', '2026-11-01T12:00', 13],
    ['Australia/Lord_Howe', '2026-04-04T01:00Z', '2026-04-04T08:00', '2026-04-04T20:30', 12.5],
    ['Australia/Lord_Howe', '2026-10-03T01:30Z', '2026-10-03T08:30', '2026-10-03T20:00', 11.5],
    ['Africa/Cairo', '2026-04-23T10:00Z', '2026-04-23T17:00', '2026-04-24T04:00', 11],
    ['Africa/Cairo', '2026-10-29T10:00Z', '2026-10-29T16:00', '2026-10-30T05:00', 13],
  ])('lasts in %s, after %s, from %s to %s: %d h', (timeZone, noon, start, end, hours) => {
    const until = new Date(Date.parse(noon) + 86_400_000).toISOString();
    expect(intervals({ timeZone, windows: nightly() }, noon, until)).toEqual([[start, end, hours]]);
  });
});

describe('a window whose own times fall into a clock change', () => {
  it.each([
    [
      'starts after a gap that swallows its start',
      'Europe/London',
      '01:30',
      '03:00',
      '2026-03-29',
      '2026-03-29T01:00',
      '2026-03-29T02:00',
    ],
    [
      'ends after a gap that swallows its end',
      'Europe/London',
      '00:30',
      '01:30',
      '2026-03-29',
      '2026-03-29T00:30',
      '2026-03-29T01:00',
    ],
    [
      'starts when its start is first shown',
      'Europe/London',
      '01:30',
      '03:00',
      '2026-10-25',
      '2026-10-25T00:30',
      '2026-10-25T03:00',
    ],
    [
      'ends when its end is last shown',
      'Europe/London',
      '00:30',
      '01:30',
      '2026-10-25',
      '2026-10-24T23:30',
      '2026-10-25T01:30',
    ],
    [
      'spans both readings of both its times',
      'Europe/London',
      '01:15',
      '01:45',
      '2026-10-25',
      '2026-10-25T00:15',
      '2026-10-25T01:45',
    ],
    [
      'starts after the gap in New York',
      'America/New_York',
      '02:30',
      '04:00',
      '2026-03-08',
      '2026-03-08T07:00',
      '2026-03-08T08:00',
    ],
    [
      'ends at the second 01:30 in New York',
      'America/New_York',
      '00:30',
      '01:30',
      '2026-11-01',
      '2026-11-01T04:30',
      '2026-11-01T06:30',
    ],
    [
      'spans the half hour shown twice on Lord Howe',
      'Australia/Lord_Howe',
      '01:40',
      '01:50',
      '2026-04-05',
      '2026-04-04T14:40',
      '2026-04-04T15:20',
    ],
    [
      'starts after the half hour missing on Lord Howe',
      'Australia/Lord_Howe',
      '02:15',
      '03:00',
      '2026-10-04',
      '2026-10-03T15:30',
      '2026-10-03T16:00',
    ],
    [
      'starts at 01:00 where Cairo has no midnight',
      'Africa/Cairo',
      '00:00',
      '02:00',
      '2026-04-24',
      '2026-04-23T22:00',
      '2026-04-23T23:00',
    ],
    [
      'ends at 01:00 where Cairo has no midnight',
      'Africa/Cairo',
      '22:00',
      '00:00',
      '2026-04-23',
      '2026-04-23T20:00',
      '2026-04-23T22:00',
    ],
  ])('%s', (_, timeZone, start, end, date, expectedStart, expectedEnd) => {
    const days = [EVERY_DAY[(new Date(`${date}T12:00Z`).getUTCDay() + 6) % 7]];
    const noon = Date.parse(`${date}T12:00Z`);
    const [from, until] = [-2, 2].map((n) => new Date(noon + n * 86_400_000).toISOString());
    const found = intervals({ timeZone, windows: [{ days, start, end }] }, from ?? '', until ?? '');
    expect(found.map(([s, e]) => [s, e])).toEqual([[expectedStart, expectedEnd]]);
  });

  it('is no window when all of it falls into a gap', () => {
    const windows = [{ days: ['sun'], start: '01:15', end: '01:45' }];
    expect(
      intervals({ timeZone: 'Europe/London', windows }, '2026-03-28T00:00Z', '2026-03-31T00:00Z'),
    ).toEqual([]);
  });

  it('keeps to the days that Samoa had when it skipped 30 December 2011', () => {
    const timeZone = 'Pacific/Apia';
    expect(
      intervals({ timeZone, windows: nightly() }, '2011-12-29T18:00Z', '2012-01-01T00:00Z'),
    ).toEqual([
      // The night of the 29th ends, and that of the 30th starts, where the 31st begins.
      ['2011-12-30T05:00', '2011-12-30T17:00', 12],
      ['2011-12-31T05:00', '2011-12-31T17:00', 12],
    ]);
    const byDay = [{ days: ['fri'], start: '09:00', end: '17:00' }];
    expect(
      intervals({ timeZone, windows: byDay }, '2011-12-29T00:00Z', '2012-01-01T00:00Z'),
    ).toEqual([]);
  });
});
