import { describe, expect, it } from 'vitest';
import { createClockMemory, readClock, writeReading } from '#local/cloud/clock/clock-memory.ts';
import { createClockDate } from '#local/cloud/functions/clock-date.ts';

describe('given a clock in shared memory', () => {
  it.each([
    [0, 5000],
    [1000, 5700],
    [60_000, 47_000],
  ])('shows its time at a rate of %d per thousand', (ratePerMille, expected) => {
    const memory = createClockMemory();
    writeReading(memory, { clockAt: 5000, realAt: 100, ratePerMille });
    expect(readClock(memory, 800)).toBe(expected);
  });
});

describe("given a function's Date", () => {
  const at = Date.parse('2031-05-06T07:08:09.010Z');
  const ClockDate = createClockDate(Date, () => at);

  it('shows the clock wherever Date would show the machine', () => {
    expect([ClockDate.now(), new ClockDate().getTime(), Date.parse(ClockDate())]).toEqual([
      at,
      at,
      at - 10,
    ]);
  });

  it('leaves given times alone', () => {
    expect(new ClockDate(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(new ClockDate(2020, 0, 2).getDate()).toBe(2);
    expect(ClockDate.UTC(2020, 0, 1)).toBe(Date.UTC(2020, 0, 1));
  });

  it('makes dates that are dates to everybody', () => {
    expect(new ClockDate()).toBeInstanceOf(Date);
    expect(new Date()).toBeInstanceOf(ClockDate);
  });

  it('can be extended', () => {
    class Stamp extends ClockDate {
      label = () => `at ${this.getTime()}`;
    }
    expect(new Stamp().label()).toBe(`at ${at}`);
  });
});
