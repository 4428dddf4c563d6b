import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceMetres } from '#domain/geo/plane.ts';
import { position } from '#domain/geo/position.ts';
import { middleOf, offsetBy, placeTrace } from '#local/worlds/track/place-trace.ts';
import { readTrace } from '#local/worlds/track/trace.ts';
import { traceAt } from './traces.ts';

const home = fc
  .tuple(
    fc.double({ min: -65, max: 65, noNaN: true }),
    fc.double({ min: -179, max: 179, noNaN: true }),
  )
  .map(([lat, lon]) => position(lat, lon));

describe('given a recording of a receiver that lay still', () => {
  const still = readTrace('still-ublox-coldstart');

  it('is moved so that its middle lies where it is put', () => {
    fc.assert(
      fc.property(home, (to) => {
        expect(distanceMetres(middleOf(placeTrace(still, to)), to)).toBeLessThan(0.01);
      }),
    );
  });

  it('scatters there as it did, within a millimetre a metre', () => {
    const scatter = still.map((fix) => distanceMetres(middleOf(still), fix));
    fc.assert(
      fc.property(home, (to) => {
        const moved = placeTrace(still, to).map((fix) => distanceMetres(to, fix));
        moved.forEach((metres, i) => {
          expect(Math.abs(metres - (scatter[i] ?? 0))).toBeLessThan(0.02);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('keeps what the receiver said of each fix', () => {
    const said = still.map(({ hdop, recordedAt }) => [hdop, recordedAt]);
    const moved = placeTrace(still, position(10, 10));
    expect(moved.map(({ hdop, recordedAt }) => [hdop, recordedAt])).toEqual(said);
  });
});

describe('given a position', () => {
  it('is offset by metres east and north', () => {
    const from = position(58.96, 5.73);
    const to = offsetBy(from, 300, -400);
    expect(distanceMetres(from, to)).toBeCloseTo(500, 0);
    expect([to.lon > from.lon, to.lat < from.lat]).toEqual([true, true]);
  });
});

describe('given a recording without a fix', () => {
  it('has no middle', () => {
    expect(() => middleOf([])).toThrow('without a fix');
    expect(middleOf(traceAt(0, 10, 20)).lat).toBeCloseTo(51.5001, 9);
  });
});
