import { type GridPoint, STEPS_PER_TURN, toDegrees } from './grid.ts';

/** Where in the shape the trouble lies, as zod writes paths: ['coordinates', 0, 3]. */
export type ZonePath = readonly (string | number)[];

export type ZoneProblemCode =
  | 'malformed'
  | 'empty'
  | 'not-a-number'
  | 'out-of-range'
  | 'too-few-positions'
  | 'too-many-positions'
  | 'unclosed'
  | 'around-pole'
  | 'too-near-pole'
  | 'span-over-180'
  | 'too-large'
  | 'zero-area'
  | 'self-intersection'
  | 'rings-cross'
  | 'rings-touch'
  | 'hole-outside'
  | 'hole-in-hole'
  | 'parts-overlap';

/** One reason for which a shape was refused, for the person who drew it. */
export type ZoneProblem = Readonly<{ code: ZoneProblemCode; path: ZonePath; message: string }>;

export const zoneProblem = (
  code: ZoneProblemCode,
  path: ZonePath,
  message: string,
): ZoneProblem => ({ code, path, message });

/** A point as GeoJSON writes it: longitude, then latitude. */
export const writePoint = ({ x, y }: GridPoint): string => {
  const half = STEPS_PER_TURN / 2;
  const lon = x > half ? x - STEPS_PER_TURN : x < -half ? x + STEPS_PER_TURN : x;
  return `[${toDegrees(Math.round(lon))}, ${toDegrees(Math.round(y))}]`;
};

/** A path as people read it: coordinates[0][3]. */
export const writePath = (path: ZonePath): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i > 0 ? `.${key}` : key)).join('');
