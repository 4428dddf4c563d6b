import { doubleArea, samePoint, toDegrees, toSteps } from '../geo/grid.ts';
import { distanceMetres, wrapDegrees } from '../geo/plane.ts';
import { type Position, position } from '../geo/position.ts';
import type { SentRings, SentShape } from '../geo/sent-shape.ts';
import { MOST_AREA_CORNERS, type ZoneArea } from '../model/zone-area.ts';

type Corner = readonly [lon: number, lat: number];

/** Longitudes as they were sent, which may run on past 180 degrees, brought beside the first. */
const besideFirst = (corners: readonly Corner[]): Corner[] => {
  const [first] = corners;
  return first === undefined
    ? []
    : corners.map(([lon, lat]) => [first[0] + wrapDegrees(lon - first[0]), lat]);
};

const onGrid = (degrees: number): number => toDegrees(toSteps(degrees));

/** Of the zone's size: by so much may edges that are straight on a map leave a circle's plane. */
const MARGIN = 1.02;

/** The smallest circle about the middle of the corners' box that is sure to hold them all. */
const circleRound = (polygons: readonly SentRings[]): ZoneArea => {
  const shells = polygons.flatMap(([shell = []]) => shell.map(([lon, lat]): Corner => [lon, lat]));
  const corners = besideFirst(shells);
  const middleOf = (values: readonly number[]): number =>
    (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2;
  const lon = wrapDegrees(middleOf(corners.map(([east]) => east)));
  const lat = middleOf(corners.map(([, north]) => north));
  const centre = position(onGrid(lat), onGrid(lon));
  const reach = corners.reduce(
    (most, [east, north]) =>
      Math.max(most, distanceMetres(centre, position(north, wrapDegrees(east)))),
    0,
  );
  const radiusMetres = Math.ceil(reach * MARGIN) + 1;
  return { type: 'Circle', centre, radiusMetres, shows: 'around' };
};

/** On the grid that zones are kept on; null: it crosses the antimeridian, or is no ring. */
const ringOf = (shell: SentRings[number]): Position[] | null => {
  const points = shell.map(([lon, lat]) => ({ x: toSteps(lon), y: toSteps(lat) }));
  const open = points.slice(0, -1);
  const corners = open.filter((point, i) => {
    const next = open[(i + 1) % open.length];
    return next === undefined || !samePoint(point, next);
  });
  const isPlain = corners.every(({ x }) => Math.abs(toDegrees(x)) <= 180);
  const xs = corners.map(({ x }) => toDegrees(x));
  if (!isPlain || corners.length < 3 || Math.max(...xs) - Math.min(...xs) >= 180) return null;
  const turned = doubleArea(corners) < 0n ? corners.toReversed() : corners;
  return turned.map(({ x, y }) => position(toDegrees(y), toDegrees(x)));
};

const polygonOf = (polygons: readonly SentRings[]): ZoneArea | null => {
  const [rings, ...others] = polygons;
  const [shell, ...holes] = rings ?? [];
  if (shell === undefined || others.length > 0 || holes.length > 0) return null;
  if (shell.length > MOST_AREA_CORNERS) return null;
  const ring = ringOf(shell);
  const [first] = ring ?? [];
  if (ring === null || first === undefined) return null;
  const corners = [...ring, first].map(({ lat, lon }): [typeof lon, typeof lat] => [lon, lat]);
  return { type: 'Polygon', coordinates: [corners] };
};

/**
 * What can be shown of a zone to somebody outside: its polygon where it is one ring of no more
 * than 64 corners, its circle where it is one, and else a circle that holds all of it.
 */
export const zoneAreaOf = (shape: SentShape): ZoneArea => {
  if (shape.type === 'Circle') {
    const { centre, radiusMetres } = shape;
    return { type: 'Circle', centre, radiusMetres, shows: 'zone' };
  }
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  return polygonOf(polygons) ?? circleRound(polygons);
};
