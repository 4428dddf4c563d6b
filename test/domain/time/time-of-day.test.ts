import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { DAY_SECONDS, secondsAfter } from '#domain/model/instant.ts';
import { nextAtTime, onDayBefore } from '#domain/time/time-of-day.ts';
import { at } from '#test/support/supervisions.ts';

const SECONDS = 730 * DAY_SECONDS;
const ZONES = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'];
const FROM = at('2026-01-01T00:00:00Z');

const moment = fc.record({
  now: fc.integer({ min: 0, max: SECONDS }).map((n) => secondsAfter(FROM, n)),
  timeZone: fc.constantFrom(...ZONES),
  minutes: fc.integer({ min: 480, max: 1_380 }),
});

describe('a time of day', () => {
  it('is as a library of clocks reads it, in zones that put clocks forward and back', () => {
    fc.assert(
      fc.property(moment, ({ now, timeZone, minutes }) => {
        const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
        const plainTime = { hour: Math.floor(minutes / 60), minute: minutes % 60 };
        const on = (days: number): number =>
          local.toPlainDate().add({ days }).toZonedDateTime({ timeZone, plainTime })
            .epochMilliseconds;
        expect(onDayBefore(now, { timeZone, minutes })).toBe(on(-1));
        const next = on(0) > now ? on(0) : on(1);
        expect(nextAtTime(now, { timeZone, minutes })).toBe(next);
      }),
      { numRuns: 300 },
    );
  });
});
