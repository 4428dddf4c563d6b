import { type CompiledZone, compileZone } from '#domain/geo/compiled-zone.ts';
import { planeAt } from '#domain/geo/plane.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { between, chance } from '#local/worlds/chance.ts';

/** A zone in the form of each library. */
export type DrawnZone = Readonly<{
  /** Closed, longitude first. */
  ring: readonly [number, number][];
  zone: CompiledZone;
  /** GeoJSON with its box, without which Turf looks at every edge of every zone. */
  polygon: Readonly<{
    type: 'Polygon';
    coordinates: [number, number][][];
    bbox: [number, number, number, number];
  }>;
}>;

export type Drawing = Readonly<{
  middle: Readonly<{ lat: number; lon: number }>;
  radiusMetres: number;
  vertices: number;
  seed: number;
}>;

type Point = readonly [number, number];

/** Puts a point beside the middle of each edge, until there are enough: as coasts look. */
const roughen = (points: readonly Point[], vertices: number, seed: number): readonly Point[] => {
  if (points.length >= vertices) return points;
  const missing = vertices - points.length;
  const finer = points.flatMap((a, i): Point[] => {
    const isSplit =
      Math.floor(((i + 1) * missing) / points.length) > Math.floor((i * missing) / points.length);
    if (missing < points.length && !isSplit) return [a];
    const b = points[(i + 1) % points.length] ?? a;
    const aside = between(-0.18, 0.18, seed, points.length, i);
    const x = (a[0] + b[0]) / 2 - aside * (b[1] - a[1]);
    return [a, [x, (a[1] + b[1]) / 2 + aside * (b[0] - a[0])]];
  });
  return roughen(finer, vertices, seed);
};

const ringOf = ({ middle, radiusMetres, vertices, seed }: Drawing): [number, number][] => {
  const corners = Math.min(8, vertices);
  const octagon = Array.from({ length: corners }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / corners;
    const reach = radiusMetres * between(0.7, 1.3, seed, i);
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  });
  const { eastMetresPerDegree, northMetresPerDegree } = planeAt(middle.lat);
  const onGrid = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  const ring = roughen(octagon, vertices, seed).map(([x, y]): [number, number] => [
    onGrid(middle.lon + x / eastMetresPerDegree),
    onGrid(middle.lat + y / northMetresPerDegree),
  ]);
  return [...ring, ...ring.slice(0, 1)];
};

/** Draws a zone with a rough edge; drawn anew with another seed where the edge meets itself. */
export const drawZone = (drawing: Drawing): DrawnZone => {
  const ring = ringOf(drawing);
  const polygon = { type: 'Polygon' as const, coordinates: [ring] };
  const read = parseZoneShape(polygon);
  if (!read.ok) return drawZone({ ...drawing, seed: drawing.seed + 1_000_003 });
  const zone = compileZone(read.shape);
  const { west, south, east, north } = zone.box;
  return { ring, zone, polygon: { ...polygon, bbox: [west, south, east, north] } };
};

/** A place so far from another, in a direction by lot. */
export const placeNear = (
  from: Drawing['middle'],
  metres: number,
  seed: number,
): Drawing['middle'] => {
  const angle = 2 * Math.PI * chance(seed, 77);
  const { eastMetresPerDegree, northMetresPerDegree } = planeAt(from.lat);
  return {
    lat: from.lat + (metres * Math.sin(angle)) / northMetresPerDegree,
    lon: from.lon + (metres * Math.cos(angle)) / eastMetresPerDegree,
  };
};
