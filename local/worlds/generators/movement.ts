import type { Position } from '#domain/geo/position.ts';
import type { FixSource } from '#domain/model/device-event.ts';
import { type Instant, secondsAfter, secondsBetween, toIso } from '#domain/model/instant.ts';
import { drifting, normal } from '../chance.ts';
import { offsetBy } from '../track/place-trace.ts';
import type { MadeEvent } from './made-day.ts';

/** Metres east and north of the origin of a way. */
export type Spot = Readonly<{ east: number; north: number }>;

/** Somebody is there at this instant; between two of these they go straight and evenly. */
export type Waypoint = Readonly<{ at: Instant; spot: Spot }>;
export type Way = readonly [Waypoint, ...Waypoint[]];

/** Where somebody on a way is; before its first and after its last waypoint they stand still. */
export const spotAt = (way: Way, at: Instant): Spot => {
  const next = way.findIndex((point) => point.at > at);
  const from = way[(next < 0 ? way.length : Math.max(1, next)) - 1] ?? way[0];
  const to = next < 0 ? from : (way[next] ?? from);
  const seconds = secondsBetween(from.at, to.at);
  const share = seconds <= 0 ? 0 : Math.max(0, secondsBetween(from.at, at) / seconds);
  return {
    east: from.spot.east + share * (to.spot.east - from.spot.east),
    north: from.spot.north + share * (to.spot.north - from.spot.north),
  };
};

/** Errors of a receiver last about so long. */
const DRIFT_SECONDS = 360;
/** Radius at 68 % over the deviation of one axis, for a round Gaussian: sqrt(-2 ln 0.32). */
const SIGMAS_AT_68_PERCENT = 1.51;
/** Share of an error's variance that lasts; the rest is new with each fix. */
const LASTING_SHARE = 0.8;

export type Taken = Readonly<{
  seed: number;
  origin: Position;
  way: Way;
  /** Fixes are taken from here until, not including, there. */
  from: Instant;
  until: Instant;
  everySeconds: number;
  accuracyMetres: number;
  source?: FixSource;
}>;

const errorAt = ({ seed, accuracyMetres }: Taken, at: Instant, axis: number): number => {
  const seconds = Math.floor(at / 1000);
  const lasting = Math.sqrt(LASTING_SHARE) * drifting(seconds / DRIFT_SECONDS, seed, axis);
  const fresh = Math.sqrt(1 - LASTING_SHARE) * normal(seed, axis, seconds);
  return (accuracyMetres / SIGMAS_AT_68_PERCENT) * (lasting + fresh);
};

/** A fix at an instant of a way. Its accuracy is honest: the truth lies within it in 68 of 100. */
const fixAt = (taken: Taken, at: Instant): MadeEvent => {
  const { way, origin, accuracyMetres, source = 'gnss' } = taken;
  const { east, north } = spotAt(way, at);
  const seen = offsetBy(origin, east + errorAt(taken, at, 1), north + errorAt(taken, at, 2));
  const before = spotAt(way, secondsAfter(at, -30));
  const isMoving = Math.hypot(east - before.east, north - before.north) > 1;
  return {
    ...{ kind: 'fix', recordedAt: toIso(at), lat: seen.lat, lon: seen.lon },
    ...{ accuracyMetres, source, motion: isMoving ? 'moving' : 'still' },
  };
};

/** What a receiver says along a way: its error wanders for minutes and jumps a little each time. */
export const fixesAlong = (taken: Taken): MadeEvent[] => {
  const fixes: MadeEvent[] = [];
  for (let at = taken.from; at < taken.until; at = secondsAfter(at, taken.everySeconds)) {
    fixes.push(fixAt(taken, at));
  }
  return fixes;
};

export type Checked = Readonly<{
  from: Instant;
  until: Instant;
  everySeconds: number;
  /** Whether the wearer is at home at an instant. */
  isHome: (at: Instant) => boolean;
}>;

/** What a home unit says, again and again. */
export const homeUnitChecks = ({ from, until, everySeconds, isHome }: Checked): MadeEvent[] => {
  const checks: MadeEvent[] = [];
  for (let at = from; at < until; at = secondsAfter(at, everySeconds)) {
    const result = isHome(at) ? 'present' : 'absent';
    checks.push({ kind: 'check', recordedAt: toIso(at), method: 'home-unit', result });
  }
  return checks;
};
