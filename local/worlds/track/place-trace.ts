import { planeAt } from '#domain/geo/plane.ts';
import { type Position, position } from '#domain/geo/position.ts';
import type { Trace } from './trace.ts';

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('A trace without a fix has no middle.');
  return middle;
};

/** Where a stationary receiver was: the median of its latitudes and of its longitudes. */
export const middleOf = (trace: Trace): Position =>
  position(median(trace.map(({ lat }) => lat)), median(trace.map(({ lon }) => lon)));

/** A position some metres east and north of another. */
export const offsetBy = (from: Position, eastMetres: number, northMetres: number): Position => {
  const plane = planeAt(from.lat);
  return position(
    from.lat + northMetres / plane.northMetresPerDegree,
    from.lon + eastMetres / plane.eastMetresPerDegree,
  );
};

/**
 * The recording moved so that its middle is at `to`: every fix as many metres east and north of
 * it.
 */
export const placeTrace = (trace: Trace, to: Position): Trace => {
  const from = middleOf(trace);
  const plane = planeAt(from.lat);
  return trace.map((fix) => {
    const eastMetres = (fix.lon - from.lon) * plane.eastMetresPerDegree;
    const northMetres = (fix.lat - from.lat) * plane.northMetresPerDegree;
    return { ...fix, ...offsetBy(to, eastMetres, northMetres) };
  });
};
