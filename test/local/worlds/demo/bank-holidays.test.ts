import { describe, expect, it } from 'vitest';
import { holidaysSchema } from '#domain/model/holidays.ts';
import { BANK_HOLIDAYS } from '#local/worlds/demo/holidays.ts';

const DAY = 86_400_000;
const [SUN, MON, FRI, SAT] = [0, 1, 5, 6];

const of = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day);
const weekday = (day: number): number => new Date(day).getUTCDay();
const written = (day: number): string => new Date(day).toISOString().slice(0, 10);

/** Meeus, Astronomical Algorithms, 2nd edition, chapter 8: Easter Sunday of a Gregorian year. */
const easter = (year: number): number => {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  return of(year, month, (h + l - 7 * m + 33 * month + 19) % 32);
};

const firstMonday = (year: number, month: number): number => {
  const first = of(year, month, 1);
  return first + ((8 - weekday(first)) % 7) * DAY;
};
const lastMonday = (year: number, month: number): number => {
  const last = of(year, month + 1, 0);
  return last - ((weekday(last) + 6) % 7) * DAY;
};

/** What falls on a weekend is kept on the next weekday that is no holiday of its own. */
const inItsPlace = (days: readonly number[]): number[] => {
  const kept: number[] = [];
  for (const day of days.toSorted((a, b) => a - b)) {
    let at = day;
    while (weekday(at) === SUN || weekday(at) === SAT || kept.includes(at)) at += DAY;
    kept.push(at);
  }
  return kept;
};

/** The rules of each nation: Banking and Financial Dealings Act 1971, and royal proclamations. */
const RULES: Readonly<Record<string, (year: number) => number[]>> = {
  'england-and-wales': (year) => [
    ...inItsPlace([of(year, 1, 1)]),
    ...[easter(year) - 2 * DAY, easter(year) + DAY],
    ...[firstMonday(year, 5), lastMonday(year, 5), lastMonday(year, 8)],
    ...inItsPlace([of(year, 12, 25), of(year, 12, 26)]),
  ],
  scotland: (year) => [
    ...inItsPlace([of(year, 1, 1), of(year, 1, 2)]),
    easter(year) - 2 * DAY,
    ...[firstMonday(year, 5), lastMonday(year, 5), firstMonday(year, 8)],
    ...inItsPlace([of(year, 11, 30)]),
    ...inItsPlace([of(year, 12, 25), of(year, 12, 26)]),
    // Proclaimed on 4 February 2026, for that year alone.
    ...(year === 2026 ? [of(2026, 6, 15)] : []),
  ],
  'northern-ireland': (year) => [
    ...inItsPlace([of(year, 1, 1)]),
    ...inItsPlace([of(year, 3, 17)]),
    ...[easter(year) - 2 * DAY, easter(year) + DAY],
    ...[firstMonday(year, 5), lastMonday(year, 5), lastMonday(year, 8)],
    ...inItsPlace([of(year, 7, 12)]),
    ...inItsPlace([of(year, 12, 25), of(year, 12, 26)]),
  ],
};

describe('the bank holidays of the demo', () => {
  it('reckons Easter as it was', () => {
    expect([2000, 2019, 2024, 2025].map((year) => written(easter(year)))).toEqual([
      ...['2000-04-23', '2019-04-21', '2024-03-31', '2025-04-20'],
    ]);
  });

  it.each(Object.keys(RULES))('of %s are as its rules have it, in three years', (nation) => {
    const rule = RULES[nation];
    const expected = [2026, 2027, 2028].flatMap((year) => rule?.(year) ?? []).map(written);
    const found = BANK_HOLIDAYS.find(({ holidaysId }) => holidaysId === nation);
    expect(found?.days.map(({ date }) => date)).toEqual(expected.toSorted());
  });

  it('are documents, each day a weekday with a name, in order', () => {
    for (const body of BANK_HOLIDAYS) {
      const { days } = holidaysSchema.parse(body);
      expect(days.map(({ date }) => date)).toEqual(days.map(({ date }) => date).toSorted());
      for (const { date, name } of days) {
        expect(name).not.toBe('');
        expect([weekday(Date.parse(date)) >= MON, weekday(Date.parse(date)) <= FRI]).toEqual([
          true,
          true,
        ]);
      }
    }
  });
});
