import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OSGB_ERROR_METRES, toOsgb } from '#domain/geo/osgb.ts';
import { position } from '#domain/geo/position.ts';
import { projectAiry } from '#domain/geo/transverse-mercator.ts';
import { OSTN15_POINTS } from './ostn15-points.ts';

const degrees = (whole: number, minutes: number, seconds: number): number =>
  whole + minutes / 60 + seconds / 3_600;

/** Every place of the grid's square. */
const nearBritain = fc.record({
  lat: fc.double({ min: 49, max: 62, noNaN: true }),
  lon: fc.double({ min: -11, max: 4, noNaN: true }),
});

/** Southern England and Wales, where nothing is foreign and the grid is nowhere at its end. */
const inland = fc.record({
  lat: fc.double({ min: 51.3, max: 53.3, noNaN: true }),
  lon: fc.double({ min: -3, max: 0.5, noNaN: true }),
});

describe('the projection of the National Grid', () => {
  it('gives the easting and northing of the worked example in annexe C of the guide', () => {
    // "A Guide to Coordinate Systems in Great Britain", C.1: Caister water tower.
    const at = projectAiry(degrees(52, 39, 27.2531), degrees(1, 43, 4.5177));

    expect(at.eastingMetres).toBeCloseTo(651_409.903, 3);
    expect(at.northingMetres).toBeCloseTo(313_177.27, 3);
  });

  it('puts the true origin 400 km east and 100 km south of the false one', () => {
    expect(projectAiry(49, -2)).toEqual({ eastingMetres: 400_000, northingMetres: -100_000 });
  });
});

describe('a position in Great Britain', () => {
  const errors = OSTN15_POINTS.map(([, lat, lon, eastingMetres, northingMetres]) => {
    const at = toOsgb(position(lat, lon));
    if (at === null) return Number.POSITIVE_INFINITY;
    return Math.hypot(at.eastingMetres - eastingMetres, at.northingMetres - northingMetres);
  }).sort((a, b) => a - b);

  it('is never further from the published points than the error that is stated', () => {
    expect(errors).toHaveLength(40);
    // 5.21 m at TP01, St Mary's in Scilly; rounding to the metre is part of it.
    expect(errors.at(-1)).toBeCloseTo(5.21, 2);
    expect(errors.at(-1)).toBeLessThan(OSGB_ERROR_METRES);
  });

  it('is within 3.5 m at all points but three far islands and the Lizard', () => {
    expect(errors.filter((metres) => metres > 3.5)).toHaveLength(4);
  });

  it('states its error and whole metres only', () => {
    // TP24, near Carlisle: 339,921.145 and 556,034.761.
    expect(toOsgb(position(54.8954234042, -2.93827741149))).toEqual({
      eastingMetres: 339_921,
      northingMetres: 556_035,
      errorMetres: OSGB_ERROR_METRES,
    });
  });

  it.each([
    ['Scilly', 49.9136, -6.3152],
    ['the Mull of Kintyre', 55.2956, -5.7995],
    ['Islay', 55.5906, -6.2947],
    ['Portpatrick', 54.8423, -5.1187],
    ["St David's Head", 51.9026, -5.3141],
    ['Dover', 51.1295, 1.3089],
    ['the Isle of Man', 54.0739, -4.7393],
    ['Unst', 60.8369, -0.8858],
  ])('has an easting and northing on %s', (_where, lat, lon) => {
    expect(toOsgb(position(lat, lon))).not.toBeNull();
  });

  it('goes east with the longitude and north with the latitude', () => {
    fc.assert(
      fc.property(inland, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (at, further) => {
        const here = toOsgb(position(at.lat, at.lon));
        const east = toOsgb(position(at.lat, at.lon + further));
        const north = toOsgb(position(at.lat + further, at.lon));
        expect(east?.eastingMetres).toBeGreaterThan(here?.eastingMetres ?? Infinity);
        expect(north?.northingMetres).toBeGreaterThan(here?.northingMetres ?? Infinity);
      }),
    );
  });
});

describe('a position elsewhere', () => {
  it.each([
    ['Belfast', 54.5973, -5.9301],
    ['Portavogie', 54.4587, -5.4345],
    ['Rathlin', 55.2933, -6.1936],
    ['Malin Head', 55.3818, -7.3744],
    ['Dublin', 53.3498, -6.2603],
    ['Carnsore Point', 52.1743, -6.3628],
    ['Calais', 50.9513, 1.8587],
    ['Dieppe', 49.9229, 1.0775],
    ['Cherbourg', 49.6337, -1.6221],
    ['Guernsey', 49.4657, -2.5853],
    ['Torshavn', 62.0079, -6.7903],
    ['Washington', 38.9072, -77.0369],
    ['the south pole', -90, 0],
    ['the antimeridian', 0, 180],
  ])('has none: %s', (_where, lat, lon) => {
    expect(toOsgb(position(lat, lon))).toBeNull();
  });

  it('is null, or whole metres on the grid, wherever it is', () => {
    const anywhere = fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.oneof(nearBritain, anywhere), ({ lat, lon }) => {
        const at = toOsgb(position(lat, lon));
        if (at === null) return;
        expect(Number.isInteger(at.eastingMetres) && Number.isInteger(at.northingMetres)).toBe(
          true,
        );
        expect(at.eastingMetres >= 0 && at.eastingMetres < 700_000).toBe(true);
        expect(at.northingMetres >= 0 && at.northingMetres < 1_250_000).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
