import { secondsAfter } from '#domain/model/instant.ts';
import { between, normal } from '../chance.ts';
import { offsetBy } from '../track/place-trace.ts';
import type { MadeDay } from './made-day.ts';
import type { Spot, Way, Waypoint } from './movement.ts';
import { ORIGIN, STARTS_AT, zoneDay } from './zone-ways.ts';

const BLOCK_METRES = 20_000;
/** From one minute to the next, as a share: one deviation. */
const PACE_VARIES = 0.15;

const distance = (a: Spot, b: Spot): number => Math.hypot(a.east - b.east, a.north - b.north);

/** From one bend of a way to the next, at a pace that is another each minute. */
const pacedWay = (seed: number, paceMps: number, spots: readonly Spot[]): Way => {
  const [first = { east: 0, north: 0 }, ...rest] = spots;
  const way: [Waypoint, ...Waypoint[]] = [{ at: STARTS_AT, spot: first }];
  let [at, from, minutes] = [STARTS_AT, first, 0];
  for (const to of rest) {
    for (let left = distance(from, to); left > 0; left = distance(from, to)) {
      minutes += 1;
      const pace = paceMps * Math.max(0.5, 1 + PACE_VARIES * normal(seed, 31, minutes));
      const share = Math.min(1, (60 * pace) / left);
      const east = from.east + share * (to.east - from.east);
      from = share === 1 ? to : { east, north: from.north + share * (to.north - from.north) };
      at = secondsAfter(at, (share * left) / pace);
      way.push({ at, spot: from });
    }
  }
  return way;
};

/**
 * Walks, rides or drives round the corner of a large closed block, 1 to 40 m off its edge: the line
 * between the fixes before and after the corner cuts it off.
 */
export const roundsCorner = (seed: number): MadeDay => {
  const metresOff = between(1, 40, seed, 25);
  const paceMps = 1.2 * 12 ** between(0, 1, seed, 26);
  const legMetres = between(900, 1_100, seed, 27) * paceMps;
  const way = pacedWay(seed, paceMps, [
    { east: -legMetres, north: metresOff },
    { east: metresOff, north: metresOff },
    { east: metresOff, north: -legMetres },
  ]);
  const corner = (east: number, north: number): [number, number] => {
    const { lat, lon } = offsetBy(ORIGIN, east, north);
    return [lon, lat];
  };
  const ring = [
    corner(0, 0),
    corner(-BLOCK_METRES, 0),
    corner(-BLOCK_METRES, -BLOCK_METRES),
    corner(0, -BLOCK_METRES),
    corner(0, 0),
  ];
  return zoneDay({ seed, way, truth: [], shape: { type: 'Polygon', coordinates: [ring] } });
};
