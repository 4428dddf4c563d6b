import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubleArea, toSteps } from '#domain/geo/grid.ts';
import { distanceMetres } from '#domain/geo/plane.ts';
import { position } from '#domain/geo/position.ts';
import { zoneShapeSchema } from '#domain/geo/sent-shape.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { capOf } from '#domain/liaison/cap.ts';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import { type LiaisonEvent, liaisonEventSchema } from '#domain/liaison/event.ts';
import { zoneAreaOf } from '#domain/liaison/zone-area.ts';
import { zoneAreaSchema } from '#domain/model/zone-area.ts';
import { capProblems } from '#local/contract/cap-rules.ts';
import { CAP_SCHEMAS, schemaProblems } from '#local/contract/xml-schemas.ts';

type Pair = [lon: number, lat: number];
const areaOf = (shape: object) => zoneAreaOf(zoneShapeSchema.parse(shape));
const polygon = (...rings: Pair[][]) => areaOf({ type: 'Polygon', coordinates: rings });

const SQUARE: Pair[] = [
  [0, 51],
  [0.01, 51],
  [0.01, 51.01],
  [0, 51.01],
  [0, 51],
];
const HOLE: Pair[] = [
  [0.004, 51.004],
  [0.006, 51.004],
  [0.005, 51.006],
  [0.004, 51.004],
];

/** Corners on a star about a middle, at any distances: no edges meet. */
const stars = (mostCorners: number) =>
  fc
    .record({
      lat: fc.double({ min: -80, max: 80, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
      reaches: fc.array(fc.double({ min: 0.0005, max: 0.02, noNaN: true }), {
        ...{ minLength: 5, maxLength: mostCorners },
      }),
    })
    .map(({ lat, lon, reaches }) => {
      const ring = reaches.map((reach, i): Pair => {
        const turn = (2 * Math.PI * i) / reaches.length;
        return [lon + reach * Math.cos(turn), lat + reach * Math.sin(turn)];
      });
      const [first] = ring;
      return { type: 'Polygon', coordinates: [[...ring, ...(first ? [first] : [])]] };
    })
    .filter((shape) => parseZoneShape(shape).ok);

const eventWith = (area: object): LiaisonEvent =>
  liaisonEventSchema.parse({
    ...{ schema: 'homeward.liaison-event.1', eventId: `${'a'.repeat(26)}.1`, recipient: 'met' },
    ...{ agency: 'demo', incidentId: 'a'.repeat(26), sequence: 1, replaces: null },
    ...{ replacesIssuedAt: null, follows: null, status: 'Actual', type: 'raised' },
    ...{ issuedAt: '2026-01-01T00:01:00.000Z', expiresAt: '2026-01-02T00:01:00.000Z' },
    ...{ class: 'exclusion-zone', severity: 'severe', headline: '-', area },
  });

describe('what is shown of a zone', () => {
  it('is its polygon, counter-clockwise whichever way it was drawn', () => {
    const shown = { type: 'Polygon', coordinates: [SQUARE] };
    expect(polygon(SQUARE)).toEqual(shown);
    const turned = polygon(SQUARE.toReversed());
    const ring = turned.type === 'Polygon' ? turned.coordinates[0] : [];
    const steps = ring.map(([lon, lat]) => ({ x: toSteps(lon), y: toSteps(lat) }));
    expect(doubleArea(steps)).toBeGreaterThan(0n);
    expect(new Set(ring.map(String))).toEqual(new Set(SQUARE.map(String)));
  });

  it('is its circle', () => {
    const centre = { lat: 51.5, lon: -0.1 };
    expect(areaOf({ type: 'Circle', centre, radiusMetres: 250 })).toEqual({
      ...{ type: 'Circle', centre, radiusMetres: 250, shows: 'zone' },
    });
  });

  it.each([
    ['a hole', [SQUARE, HOLE]],
    [
      'more than 64 corners',
      [
        Array.from(
          { length: 66 },
          (_, i): Pair => [
            0.01 * Math.cos((2 * Math.PI * (i % 65)) / 65),
            51 + 0.01 * Math.sin((2 * Math.PI * (i % 65)) / 65),
          ],
        ),
      ],
    ],
    ['the antimeridian in it', [SQUARE.map(([lon, lat]): Pair => [lon + 179.995, lat])]],
  ])('is a circle that holds it where it has %s', (_, rings) => {
    expect(polygon(...rings)).toMatchObject({ type: 'Circle', shows: 'around' });
  });

  it('is one circle round all its parts', () => {
    const far = SQUARE.map(([lon, lat]): Pair => [lon + 0.1, lat]);
    const area = areaOf({ type: 'MultiPolygon', coordinates: [[SQUARE], [far]] });
    expect(area).toMatchObject({ shows: 'around', centre: { lat: 51.005, lon: 0.055 } });
  });

  it('holds every corner, whatever the shape, and is never over the antimeridian', () => {
    fc.assert(
      fc.property(stars(90), (shape) => {
        const area = areaOf(shape);
        expect(zoneAreaSchema.parse(area)).toEqual(area);
        if (area.type === 'Polygon') return;
        const { centre, radiusMetres } = area;
        for (const [lon = 0, lat = 0] of shape.coordinates[0] ?? []) {
          const near = lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
          expect(
            distanceMetres(position(centre.lat, centre.lon), position(lat, near)),
          ).toBeLessThan(radiusMetres);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('passes the schemas of CAP and its rules, and those of GeoJSON', async () => {
    const shapes = fc.sample(stars(64), { numRuns: 200, seed: 7 });
    const texts = shapes.map((shape) => capOf(eventWith(areaOf(shape))));
    expect(texts.filter((text) => text.includes('<polygon>')).length).toBeGreaterThan(150);
    expect(texts.flatMap(capProblems)).toEqual([]);
    for (const schema of CAP_SCHEMAS) expect(await schemaProblems(texts, schema)).toEqual([]);
    const [shape = {}] = shapes;
    const { data } = cloudEventOf(eventWith(areaOf(shape)));
    expect(data.properties.area).toEqual(areaOf(shape));
    expect(data.geometry).toBeNull();
  });
});
