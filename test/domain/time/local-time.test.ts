import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { formatLocal } from '#domain/time/local-time.ts';

describe('an instant for people', () => {
  it.each([
    ['2026-11-21T19:05:00Z', 'Europe/London', 'Sat 21 Nov 19:05 GMT'],
    ['2026-09-05T23:00:59Z', 'Europe/London', 'Sun 6 Sep 00:00 BST'],
    ['2026-11-01T05:30:00Z', 'America/New_York', 'Sun 1 Nov 01:30 EDT'],
    ['2026-11-01T06:30:00Z', 'America/New_York', 'Sun 1 Nov 01:30 EST'],
    ['2026-10-25T00:30:00Z', 'Europe/London', 'Sun 25 Oct 01:30 BST'],
    ['2026-10-25T01:30:00Z', 'Europe/London', 'Sun 25 Oct 01:30 GMT'],
    ['2026-11-21T19:05:00Z', 'Asia/Kolkata', 'Sun 22 Nov 00:35 UTC+5:30'],
    ['2026-11-21T19:05:00Z', 'UTC', 'Sat 21 Nov 19:05 UTC'],
  ])('%s in %s reads %s', (text, zone, expected) => {
    expect(formatLocal(instant(Date.parse(text)), zone)).toBe(expected);
  });

  it('is refused for an unknown zone', () => {
    expect(() => formatLocal(instant(0), 'Mars/Olympus')).toThrow(RangeError);
  });
});
