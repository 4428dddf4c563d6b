import { type CompiledZone, compileZone } from '#domain/geo/compiled-zone.ts';
import type { Position } from '#domain/geo/position.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { onEarth, type Point, plus, scaled, towards, turned } from './ground.ts';
import type { Random } from './random.ts';

/** A zone round the origin of its world, and how deep in it a point lies, metres. */
export type Ground = Readonly<{
  zone: CompiledZone;
  depth: (point: Point) => number;
}>;

const discOf = (origin: Position, radiusMetres: number): unknown => ({
  type: 'Circle',
  centre: origin,
  radiusMetres,
});

const polygonOf = (origin: Position, corners: readonly Point[]): unknown => {
  const ring = corners.map((corner) => {
    const { lat, lon } = onEarth(origin, corner);
    return [lon, lat];
  });
  return { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)]] };
};

/** A plot with notches and spurs: every corner is in sight from its middle, so it is simple. */
const irregular = (random: Random, radius: number): Point[] => {
  const corners = 6 + Math.floor(random.next() * 20);
  return Array.from({ length: corners }, (_, i) =>
    scaled(
      towards(((i + 0.6 * random.next()) / corners) * 2 * Math.PI),
      radius * random.between(0.55, 1.3),
    ),
  );
};

/** A street block, turned, with one corner cut out now and then. */
const block = (random: Random, radius: number): Point[] => {
  const [width, height] = [radius * random.between(0.8, 1.6), radius * random.between(0.6, 1.1)];
  const square = [
    { x: -width, y: -height },
    { x: width, y: -height },
    ...(random.chance(0.4)
      ? [
          { x: width, y: 0 },
          { x: 0.2 * width, y: 0 },
          { x: 0.2 * width, y: height },
        ]
      : [{ x: width, y: height }]),
    { x: -width, y: height },
  ];
  const turn = random.between(0, Math.PI);
  return square.map((corner) => turned(corner, turn));
};

/** Draws a zone: a third are discs, a third irregular plots, a third street blocks. */
export const drawZone = (random: Random, origin: Position): Ground => {
  const radius = 50 + random.exponential(90);
  const kind = random.pick(['disc', 'irregular', 'block'] as const);
  const shape =
    kind === 'disc'
      ? discOf(origin, radius)
      : polygonOf(origin, kind === 'irregular' ? irregular(random, radius) : block(random, radius));
  const read = parseZoneShape(shape);
  if (!read.ok) throw new Error(`a drawn zone is unsound: ${JSON.stringify(read.problems)}`);
  const zone = compileZone(read.shape);
  return { zone, depth: (point) => signedDistanceMetres(zone, onEarth(origin, point)) };
};

/** A point in some direction from the zone's middle that lies so deep in it (outside: negative). */
export const pointAtDepth = (ground: Ground, direction: number, depth: number): Point => {
  let [near, far] = [0, 12_000];
  for (let i = 0; i < 40; i += 1) {
    const middle = (near + far) / 2;
    if (ground.depth(scaled(towards(direction), middle)) > depth) near = middle;
    else far = middle;
  }
  return plus({ x: 0, y: 0 }, scaled(towards(direction), far));
};
