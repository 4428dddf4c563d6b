import { between, chance, drifting, normal } from '#local/worlds/chance.ts';
import type { EventBody } from '#local/worlds/world.ts';
import { whereaboutsAt } from './day.ts';
import { type Hidden, straying } from './hidden.ts';
import { type Offset, positionAt, type Wearer } from './wearer.ts';

type FixBody = Extract<EventBody, { kind: 'fix' }>;

/**
 * One fix of a device: of whom, when (epoch milliseconds), and its number in the device's count.
 */
export type Taking = Readonly<{
  wearer: Wearer;
  hidden: Hidden | undefined;
  at: number;
  sequence: number;
}>;

type Reception = Readonly<{ source: 'gnss' | 'wifi' | 'cell'; accuracyMetres: number }>;

const MINUTE = 60_000;
/** Errors of a receiver last about so long. */
const DRIFT_MINUTES = 6;
/** Radius at 68 % over the deviation of one axis, for a round Gaussian: sqrt(-2 ln 0.32). */
const SIGMAS_AT_68_PERCENT = 1.51;
/** Share of an error's variance that lasts; the rest is new with each fix. */
const LASTING_SHARE = 0.8;

/** Indoors a device hears satellites half of the time, else networks; a mast alone now and then. */
const receptionAt = ({ wearer, hidden, at }: Taking, isTravelling: boolean): Reception => {
  const { seed } = wearer;
  const block = Math.floor(at / (10 * MINUTE));
  if (isTravelling) return { source: 'gnss', accuracyMetres: between(4, 10, seed, block, 31) };
  // Nobody with something hidden: what they do must be found for certain.
  if (hidden === undefined && chance(seed, Math.floor(at / 1_000), 34) < 0.02) {
    return { source: 'cell', accuracyMetres: between(400, 1_200, seed, block, 31) };
  }
  if (chance(seed, block, 30) < 0.55)
    return { source: 'gnss', accuracyMetres: between(8, 30, seed, block, 31) };
  return { source: 'wifi', accuracyMetres: between(20, 45, seed, block, 31) };
};

const errorOf = ({ seed }: Wearer, at: number, sigmaMetres: number): Offset => {
  const step = at / (DRIFT_MINUTES * MINUTE);
  const second = Math.floor(at / 1_000);
  const along = (axis: number): number =>
    sigmaMetres *
    (Math.sqrt(LASTING_SHARE) * drifting(step, seed, axis) +
      Math.sqrt(1 - LASTING_SHARE) * normal(seed, axis, second));
  return { east: along(32), north: along(33) };
};

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * What a device says at an instant; null where it has no fix. Its accuracy is honest: the true
 * position lies within it in 68 of 100.
 */
export const deviceFix = (taking: Taking): FixBody | null => {
  const { wearer, hidden, at, sequence } = taking;
  const usual = whereaboutsAt(wearer, at);
  const where = hidden === undefined ? usual : straying(wearer, { usual, hidden }, at);
  if (where.isUnseen) return null;
  const strays = hidden !== undefined && at >= hidden.fromAt;
  const { source, accuracyMetres } = strays
    ? { source: 'gnss' as const, accuracyMetres: 6 }
    : receptionAt(taking, where.isTravelling);
  const error = errorOf(wearer, at, accuracyMetres / SIGMAS_AT_68_PERCENT);
  const seen = { east: where.at.east + error.east, north: where.at.north + error.north };
  const { lat, lon } = positionAt(wearer, seen);
  const satellites =
    source === 'gnss' ? Math.round(between(6, 14, wearer.seed, at / MINUTE)) : null;
  return {
    kind: 'fix',
    activationId: wearer.activationId,
    sequence,
    recordedAt: new Date(at).toISOString(),
    lat,
    lon,
    accuracyMetres: rounded(accuracyMetres, 1),
    source,
    speedMps: rounded(where.speedMps, 1),
    headingDegrees: Math.round(where.headingDegrees),
    satellites,
    motion: where.isTravelling ? 'moving' : 'still',
  };
};
