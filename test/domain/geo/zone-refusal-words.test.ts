import { describe, expect, it } from 'vitest';
import { STEPS_PER_DEGREE } from '#domain/geo/grid.ts';
import { writePath, writePoint } from '#domain/geo/zone-problem.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { box, multi, polygon, refusals, shell } from './zone-refusals.ts';

const circle = (lat: number, radiusMetres: unknown) => ({
  ...{ type: 'Circle', centre: { lat, lon: 0 }, radiusMetres },
});

describe('the words of a refusal', () => {
  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /^send a shape: a Circle, or a GeoJSON Polygon or MultiPolygon$/],
    ['a text', 'Circle', /^send a shape/],
    [
      'a Feature',
      { type: 'Feature', geometry: polygon(shell) },
      /^the type must be Circle, Polygon or MultiPolygon; of a Feature send its geometry$/,
    ],
    ['a polygon without rings', polygon(), /^the zone is empty: it has no ring of positions$/],
    ['a part without rings', multi([shell], []), /^the zone is empty/],
    ['NaN', polygon([[0, Number.NaN]]), /^NaN is not a number of degrees or metres$/],
    ['no end of metres', circle(0, Infinity), /^Infinity is not a number of degrees or metres$/],
    ['a latitude of 91', polygon([[0, 91]]), /^91 is out of range: .*90/],
    ['no metres', circle(0, 0), /^0 is out of range: .*1/],
    ['a text for metres', circle(0, 'far'), /expected number/],
    ['a ring that is no list', polygon('x'), /expected array/],
    ['one number for a position', polygon([[1]]), /expected number|Too small|Invalid/],
    [
      'a way over itself',
      polygon([
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
      /at \[0.5, 0.5\]/,
    ],
    [
      'a tiny ring',
      polygon(box(0, 0, 5e-6, 5e-6)),
      /^the ring encloses 0.31 m2; the least is 1 m2$/,
    ],
    [
      'a wide zone',
      polygon(box(0, 0, 9.5, 1)),
      /^the zone is 1058 km across; the most is 1000 km$/,
    ],
    [
      'a tall zone',
      polygon(box(0, 40, 1, 50)),
      /^the zone is 1111 km across; the most is 1000 km$/,
    ],
  ])('say of %s what is wrong', (_, input, words) => {
    const messages = refusals(input).map(([, , message]) => message);
    expect(messages.some((message) => words.test(message))).toBe(true);
  });

  it('are those of the schema for a number that is none of ours to explain', () => {
    const [code, path] = refusals({ type: 'Circle', centre: { lat: '1', lon: 0 } })[0] ?? [];
    expect([code, path]).toEqual(['malformed', 'centre.lat']);
  });
});

describe('where a zone may lie', () => {
  it.each([
    ['as wide at 60 degrees north as would be too wide at the equator', box(0, 60, 17, 61), []],
    ['as wide at 60 degrees south', box(0, -61, 17, -60), []],
    ['wide where it comes nearest to the equator', box(0, 50, 17, 61), ['too-large']],
    ['wide where it comes nearest, in the south', box(0, -61, 17, -50), ['too-large']],
    ['wide about the equator', box(0, -4, 9.1, 4), ['too-large']],
    ['near the north pole', box(0, 84, 1, 85.1), ['too-near-pole']],
    ['near the south pole', box(0, -85.1, 1, -84), ['too-near-pole']],
    ['up to 85 degrees', box(0, 84.5, 1, 85), []],
    ['down to 85 degrees', box(0, -85, 1, -84.5), []],
  ])('is told of one that is %s', (_, ring, codes) => {
    expect(refusals(polygon(ring)).map(([code]) => code)).toEqual(codes);
  });

  it('is told of a circle by its middle and its radius', () => {
    expect(refusals(circle(84, 100_000))).toEqual([]);
    expect(refusals(circle(-84, 100_000))).toEqual([]);
    expect(refusals(circle(-84, 120_000)).map(([code]) => code)).toEqual(['too-near-pole']);
  });

  it('is a shape of polygons where it was drawn', () => {
    expect(parseZoneShape(polygon(shell))).toMatchObject({ ok: true, shape: { kind: 'polygons' } });
  });
});

describe('a point and a path as people read them', () => {
  const at = (lon: number, lat: number) =>
    writePoint({ x: lon * STEPS_PER_DEGREE, y: lat * STEPS_PER_DEGREE });

  it('has its longitude on this side of the antimeridian', () => {
    expect(at(-0.5, 51)).toBe('[-0.5, 51]');
    expect(at(181, -17)).toBe('[-179, -17]');
    expect(at(-181, -17)).toBe('[179, -17]');
    expect(at(180, 0)).toBe('[180, 0]');
    expect(at(-180, 0)).toBe('[-180, 0]');
  });

  it('names members by a point and places in a list by brackets', () => {
    expect(writePath(['coordinates', 0, 3])).toBe('coordinates[0][3]');
    expect(writePath(['centre', 'lat'])).toBe('centre.lat');
    expect(writePath([])).toBe('');
  });
});
