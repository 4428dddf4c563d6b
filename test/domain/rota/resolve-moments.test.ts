import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { writtenRotaSchema } from '#domain/model/rota.ts';
import { resolveRota } from '#domain/rota/resolve-moments.ts';
import { offsetReader } from '#test/domain/time/intl-clock.ts';

const MINUTE = 60_000;
const FROM = Date.UTC(2026, 0, 1);
const YEAR_MINUTES = 366 * 1_440;

const ZONES = Intl.supportedValuesOf('timeZone');
const offsets = new Map<string, (at: number) => number>();
const offsetAt = (zone: string, at: number): number => {
  const known = offsets.get(zone) ?? offsetReader(zone);
  offsets.set(zone, known);
  return known(at);
};

const anyMoment = fc.record({
  zone: fc.constantFrom(...ZONES),
  at: fc.nat({ max: YEAR_MINUTES }).map((minutes) => FROM + minutes * MINUTE),
});
/** In the hours in which London's clocks change. */
const changing = fc
  .tuple(fc.constantFrom('2026-03-29T00:00Z', '2026-10-25T00:00Z'), fc.nat({ max: 180 }))
  .map(([start, minutes]) => ({
    zone: 'Europe/London',
    at: Date.parse(start) + minutes * MINUTE,
  }));

const wallAt = (zone: string, at: number): string =>
  new Date(at + offsetAt(zone, at)).toISOString().slice(0, 16);

const written = (zone: string, text: string) =>
  resolveRota(
    writtenRotaSchema.parse({
      ...{ rotaId: 'any', name: 'Any', timeZone: zone, otherwise: null },
      shifts: [{ personId: 'a', startsAt: text, endsAt: '2028-01-01T00:00:00Z' }],
    }),
  );

describe('a time that is written by the clock of a rota', () => {
  it('is when the clock shows it, or refused with that instant as a reading', () => {
    fc.assert(
      fc.property(fc.oneof(anyMoment, changing), ({ zone, at }) => {
        const { value, problems } = written(zone, wallAt(zone, at));
        const [problem] = problems;
        if (problem === undefined) {
          expect(Date.parse(value.shifts[0]?.startsAt ?? '')).toBe(at);
          return;
        }
        expect(problem.code).toBe('ambiguous-time');
        const readings = [...problem.message.matchAll(/\d{4}-\S+[+-]\d\d:\d\d/g)].map(String);
        expect(readings.map((one) => Date.parse(one))).toContain(at);
      }),
      { numRuns: 300 },
    );
  });

  it('that no clock shows is refused, and each reading is taken', () => {
    for (let minutes = 0; minutes < 60; minutes += 7) {
      const text = new Date(Date.UTC(2026, 2, 29, 1, minutes)).toISOString().slice(0, 16);
      const [problem] = written('Europe/London', text).problems;
      expect(problem?.code).toBe('missing-time');
      const readings = [...(problem?.message ?? '').matchAll(/\d{4}-\S+[+-]\d\d:\d\d/g)];
      expect(readings).toHaveLength(2);
      for (const [reading] of readings) {
        expect(written('Europe/London', reading).problems).toEqual([]);
      }
    }
  });

  it('with an offset is that instant in any zone', () => {
    fc.assert(
      fc.property(anyMoment, ({ zone, at }) => {
        const { value, problems } = written(zone, new Date(at).toISOString());
        expect(problems).toEqual([]);
        expect(Date.parse(value.shifts[0]?.startsAt ?? '')).toBe(instant(at));
      }),
    );
  });
});
