import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draw, drawChecks } from '#domain/checks/draw-checks.ts';
import { checkTimesSchema } from '#domain/model/conditions/check-in.ts';
import { conditionIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const SEED = '8f'.repeat(32);
const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const times = (stated: object) => checkTimesSchema.parse(stated);
const drawOf = (stated: object, fields: Partial<Draw> = {}): Draw => ({
  conditionId: conditionIdSchema.parse('checks'),
  times: times(stated),
  seed: SEED,
  timeZone: 'Europe/London',
  countedFrom: at('2026-06-01T00:00:00Z'),
  apartSeconds: 1_800,
  ...fields,
});
const stretch = (fromAt: string, untilAt: string) => ({ fromAt: at(fromAt), untilAt: at(untilAt) });
const evening = (checks = 3) => ({
  kind: 'random',
  windows: [{ days: EVERY_DAY, start: '19:00', end: '23:00' }],
  checks,
});
const YEAR = stretch('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z');
const iso = (found: readonly Instant[]) => found.map(toIso);

describe('checks at fixed times', () => {
  const noon = { kind: 'fixed', days: ['mon'], times: ['12:00', '09:00'] };

  it('stand at their times, in order, by the clock of the order', () => {
    const june = stretch('2026-06-01T00:00:00Z', '2026-06-08T00:00:00Z');
    expect(iso(drawChecks(drawOf(noon), june))).toEqual([
      '2026-06-01T08:00:00.000Z',
      '2026-06-01T11:00:00.000Z',
    ]);
  });

  it('come every so many weeks, from the week in which they are first counted', () => {
    const draw = drawOf({ ...noon, times: ['09:00'], everyWeeks: 4 });
    const found = drawChecks(draw, stretch('2026-05-20T00:00:00Z', '2026-08-01T00:00:00Z'));
    expect(iso(found)).toEqual([
      '2026-06-01T08:00:00.000Z',
      '2026-06-29T08:00:00.000Z',
      '2026-07-27T08:00:00.000Z',
    ]);
  });

  it('come once in the night that has an hour twice, and once where an hour is skipped', () => {
    const night = drawOf({ kind: 'fixed', days: ['sun'], times: ['01:30'] });
    const autumn = stretch('2026-10-25T00:00:00Z', '2026-10-25T12:00:00Z');
    const spring = stretch('2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z');
    expect(iso(drawChecks(night, autumn))).toEqual(['2026-10-25T00:30:00.000Z']);
    expect(iso(drawChecks(night, spring))).toEqual(['2026-03-29T01:00:00.000Z']);
  });
});

describe('checks at random', () => {
  it('are so many in each window, apart from each other and from its end', () => {
    const seeds = fc.stringMatching(/^[0-9a-f]{64}$/);
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 8 }), (seed, checks) => {
        const found = drawChecks(
          drawOf(evening(checks), { seed }),
          stretch('2026-06-01T00:00:00Z', '2026-06-03T00:00:00Z'),
        );
        expect(found).toHaveLength(2 * checks);
        for (const [i, one] of found.entries()) {
          const start = at(`2026-06-0${i < checks ? 1 : 2}T18:00:00Z`);
          const next = i % checks === checks - 1 ? secondsAfter(start, 4 * 3600) : found[i + 1];
          expect(one).toBeGreaterThanOrEqual(start);
          expect(one % 1000).toBe(0);
          expect((next ?? 0) - one).toBeGreaterThanOrEqual(1_800_000);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are the same for the same seed, and others for another seed or condition', () => {
    const first = drawChecks(drawOf(evening()), YEAR);
    expect(drawChecks(drawOf(evening()), YEAR)).toEqual(first);
    const shared = (other: Partial<Draw>) =>
      drawChecks(drawOf(evening(), other), YEAR).filter((one) => first.includes(one)).length;
    expect(shared({ seed: `${'8f'.repeat(31)}8e` })).toBeLessThan(5);
    expect(shared({ conditionId: conditionIdSchema.parse('others') })).toBeLessThan(5);
  });

  it('depend on their own day alone, so that a stretch drawn by itself is as in the plan', () => {
    const whole = drawChecks(drawOf(evening()), YEAR);
    const day = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 86_400 * 20 }), (from, seconds) => {
        const fromAt = secondsAfter(YEAR.fromAt, from * 86_400 + 12_345);
        const untilAt = secondsAfter(fromAt, seconds);
        const expected = whole.filter((one) => one >= fromAt && one < untilAt);
        expect(drawChecks(drawOf(evening()), { fromAt, untilAt })).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('are as likely in any part of a window as in any other', () => {
    const single = drawChecks(drawOf(evening(1), { apartSeconds: 60 }), YEAR);
    const parts = [0, 0, 0, 0];
    for (const one of single) {
      const local = new Date(
        one + (one > at('2026-03-29T01:00:00Z') && one < at('2026-10-25T01:00:00Z') ? 3.6e6 : 0),
      );
      const part = local.getUTCHours() - 19;
      parts[part] = (parts[part] ?? 0) + 1;
    }
    // 365 draws into four hours: 91 each, with a deviation of 8.3.
    for (const count of parts) expect(Math.abs(count - 91.25)).toBeLessThan(4 * 8.3);
  });

  it('are fewer where a night is too short for all of them', () => {
    const window = { days: ['sun'], start: '00:30', end: '02:30' };
    const draw = drawOf({ kind: 'random', windows: [window], checks: 4 });
    const nights = (day: string) =>
      drawChecks(draw, stretch(`${day}T00:00:00Z`, `${day}T12:00:00Z`)).length;
    expect([nights('2026-03-22'), nights('2026-03-29')]).toEqual([4, 2]);
  });
});
