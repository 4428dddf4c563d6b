import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAfterWorkingDays } from '#domain/casework/working-days.ts';
import { instant, toIso } from '#domain/model/instant.ts';
import { BANK_HOLIDAYS } from '#local/worlds/demo/holidays.ts';
import { at } from '#test/support/supervisions.ts';

const datesOf = (nation: string): string[] =>
  BANK_HOLIDAYS.find(({ holidaysId }) => holidaysId === nation)?.days.map(({ date }) => date) ?? [];

const ENGLAND = { timeZone: 'Europe/London', holidays: datesOf('england-and-wales') };
const SCOTLAND = { timeZone: 'Europe/London', holidays: datesOf('scotland') };

const due = (from: string, days: number, calendar = ENGLAND): string =>
  toIso(dueAfterWorkingDays(at(from), days, calendar));

describe('so many working days', () => {
  it('end with the last of them, and begin after the day on which it happened', () => {
    expect(due('2026-11-02T09:00:00Z', 2)).toBe('2026-11-05T00:00:00.000Z');
    expect(due('2026-11-02T23:59:59Z', 2)).toBe('2026-11-05T00:00:00.000Z');
  });

  it('leave out the weekend, also where it happens in it', () => {
    expect(due('2026-11-06T09:00:00Z', 1)).toBe('2026-11-10T00:00:00.000Z');
    expect(due('2026-11-07T09:00:00Z', 1)).toBe('2026-11-10T00:00:00.000Z');
    expect(due('2026-11-08T23:00:00Z', 1)).toBe('2026-11-10T00:00:00.000Z');
  });

  it('leave out Good Friday and Easter Monday, which Scotland works on', () => {
    expect(due('2026-04-02T09:00:00Z', 2)).toBe('2026-04-08T23:00:00.000Z');
    expect(due('2026-04-02T09:00:00Z', 2, SCOTLAND)).toBe('2026-04-07T23:00:00.000Z');
  });

  it('are ten over Christmas and the New Year', () => {
    expect(due('2026-12-18T12:00:00Z', 10)).toBe('2027-01-07T00:00:00.000Z');
    expect(due('2026-12-18T12:00:00Z', 10, SCOTLAND)).toBe('2027-01-08T00:00:00.000Z');
  });

  it('are days on the wall: an evening in London in summer is the day that is shown there', () => {
    // 23:30 on Monday in UTC is Tuesday in London.
    expect(due('2026-07-06T23:30:00Z', 1)).toBe('2026-07-08T23:00:00.000Z');
  });

  it('are as long as clocks make them, in both nights in which these change', () => {
    expect(due('2026-03-27T12:00:00Z', 1)).toBe('2026-03-30T23:00:00.000Z');
    expect(due('2026-10-23T12:00:00Z', 1)).toBe('2026-10-27T00:00:00.000Z');
  });

  it('end at the later midnight where clocks show it twice', () => {
    // Havana puts clocks back from 01:00 to 00:00 on Sunday, 1 November 2026.
    const havana = { timeZone: 'America/Havana', holidays: [] };
    expect(due('2026-10-30T12:00:00Z', 1, havana)).toBe('2026-11-03T05:00:00.000Z');
  });
});

const days = fc.integer({ min: 1, max: 30 });
const instants = fc
  .integer({ min: at('2026-01-01T00:00:00Z'), max: at('2028-10-01T00:00:00Z') })
  .map(instant);
const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'UTC');

describe('whatever the day, zone and number', () => {
  const localDate = (when: number, timeZone: string): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone }).format(when);

  it('the days between are as many working days as were asked for', () => {
    fc.assert(
      fc.property(instants, days, zones, (from, n, timeZone) => {
        const until = dueAfterWorkingDays(from, n, { ...ENGLAND, timeZone });
        const [first, last] = [localDate(from, timeZone), localDate(until - 1, timeZone)];
        let counted = 0;
        for (let day = Date.parse(first) + 86_400_000; day <= Date.parse(last); day += 86_400_000) {
          const date = new Date(day).toISOString().slice(0, 10);
          const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
          if (!isWeekend && !ENGLAND.holidays.includes(date)) counted += 1;
        }
        expect(counted).toBe(n);
        expect(localDate(until, timeZone)).not.toBe(last);
      }),
      { numRuns: 60 },
    );
  });

  it('one more day is later, and a holiday more never sooner', () => {
    fc.assert(
      fc.property(instants, days, zones, (from, n, timeZone) => {
        const calendar = { timeZone, holidays: ENGLAND.holidays };
        const until = dueAfterWorkingDays(from, n, calendar);
        expect(dueAfterWorkingDays(from, n + 1, calendar)).toBeGreaterThan(until);
        const more = { timeZone, holidays: [...ENGLAND.holidays, localDate(until - 1, timeZone)] };
        expect(dueAfterWorkingDays(from, n, more)).toBeGreaterThan(until);
      }),
      { numRuns: 40 },
    );
  });
});
