import { type CompiledZone, compileZone } from './compiled-zone.ts';
import { toDegrees } from './grid.ts';
import { wrapDegrees } from './plane.ts';
import { type Position, position } from './position.ts';
import { type SentShape, zoneShapeSchema } from './sent-shape.ts';
import { isInside, signedDistanceMetres } from './signed-distance.ts';
import { parseZoneShape } from './zone-shape.ts';

const vertices = (zone: CompiledZone): Position[] => {
  if (zone.kind === 'circle') return [zone.centre];
  const { origin, points } = zone;
  return Array.from({ length: points.length / 2 }, (_, i) => {
    const lon = toDegrees(origin.x + (points[2 * i] ?? 0));
    return position(toDegrees(origin.y + (points[2 * i + 1] ?? 0)), wrapDegrees(lon));
  });
};

const touches = (zone: CompiledZone, other: CompiledZone): boolean =>
  zone.kind === 'circle'
    ? signedDistanceMetres(other, zone.centre) >= -zone.radiusMetres
    : vertices(zone).some((vertex) => isInside(other, vertex));

/**
 * Whether a zone comes into an area: a corner of either lies in the other. Two that cross without
 * that, as a plus sign does, count as apart.
 */
export const comesInto = (zone: CompiledZone, area: CompiledZone): boolean =>
  touches(zone, area) || touches(area, zone);

type Positions = readonly (readonly number[])[];
const turned = (ring: Positions): number[][] =>
  ring.map(([lon = 0, lat = 0, ...rest]) => [lat, lon, ...rest]);

const turnedShape = (shape: SentShape): unknown => {
  switch (shape.type) {
    case 'Circle':
      return { ...shape, centre: { lat: shape.centre.lon, lon: shape.centre.lat } };
    case 'Polygon':
      return { ...shape, coordinates: shape.coordinates.map(turned) };
    case 'MultiPolygon':
      return { ...shape, coordinates: shape.coordinates.map((rings) => rings.map(turned)) };
    default:
      return shape satisfies never;
  }
};

/**
 * The zone that a shape would be with latitude and longitude the other way round, which is the
 * commonest slip in drawing one; null where that is no zone.
 */
export const zoneTurned = (sent: unknown): CompiledZone | null => {
  const shape = zoneShapeSchema.safeParse(sent);
  if (!shape.success) return null;
  const read = parseZoneShape(turnedShape(shape.data));
  return read.ok ? compileZone(read.shape) : null;
};
