import { parseZoneShape } from '#domain/geo/zone-shape.ts';

export const polygon = (...coordinates: readonly unknown[]) => ({ type: 'Polygon', coordinates });
export const multi = (...coordinates: readonly unknown[]) => ({
  type: 'MultiPolygon',
  coordinates,
});
export const box = (
  ...[west, south, east, north]: readonly [number, number, number, number]
): number[][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
export const shell = box(0, 0, 1, 1);

export const refusals = (input: unknown): [string, string, string][] => {
  const result = parseZoneShape(input);
  return result.ok
    ? []
    : result.problems.map(({ code, path, message }) => [code, path.join('.'), message]);
};
