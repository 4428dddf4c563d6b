import { planeAt } from '#domain/geo/plane.ts';
import { type Position, position } from '#domain/geo/position.ts';
import { between, chance, normal } from '#local/worlds/chance.ts';

/** Metres from a wearer's home. */
export type Offset = Readonly<{ east: number; north: number }>;

/**
 * What an order demands; the mix is assumed, with curfews in the majority as in England and Wales.
 */
export type Demand = 'curfew' | 'zone' | 'both';

/** A made-up person on monitoring: where their life takes place, and what their order demands. */
export type Wearer = Readonly<{
  number: number;
  wearerId: string;
  activationId: string;
  /** Key of everything that is left to chance about them. */
  seed: number;
  home: Position;
  work: Offset;
  errands: Offset;
  evening: Offset;
  hasWork: boolean;
  /** Minutes by which their day runs ahead of UTC: one of `DAYS`. */
  aheadMinutes: number;
  demand: Demand;
  zone: Offset;
  zoneRadiusMetres: number;
}>;

/** Degrees, share of the caseload, and how far its homes spread, metres a axis. */
const TOWNS = [
  { lat: 51.5, lon: -0.1, share: 0.24, spreadMetres: 11_000 },
  { lat: 52.48, lon: -1.89, share: 0.12, spreadMetres: 8_000 },
  { lat: 53.48, lon: -2.24, share: 0.12, spreadMetres: 8_000 },
  { lat: 53.8, lon: -1.55, share: 0.09, spreadMetres: 7_000 },
  { lat: 53.41, lon: -2.93, share: 0.07, spreadMetres: 5_000 },
  { lat: 53.38, lon: -1.47, share: 0.05, spreadMetres: 5_000 },
  { lat: 54.97, lon: -1.62, share: 0.05, spreadMetres: 5_000 },
  { lat: 51.46, lon: -2.59, share: 0.04, spreadMetres: 5_000 },
  { lat: 51.49, lon: -3.18, share: 0.04, spreadMetres: 4_000 },
  { lat: 52.95, lon: -1.15, share: 0.04, spreadMetres: 5_000 },
] as const;

/** Everybody else lives somewhere between these, degrees. */
const COUNTRY = { south: 51.2, north: 53.2, west: -2.8, east: 0.1 } as const;

const homeOf = (seed: number): Position => {
  let left = chance(seed, 1);
  for (const { lat, lon, share, spreadMetres } of TOWNS) {
    left -= share;
    if (left > 0) continue;
    const plane = planeAt(lat);
    return position(
      lat + (normal(seed, 2) * spreadMetres) / plane.northMetresPerDegree,
      lon + (normal(seed, 3) * spreadMetres) / plane.eastMetresPerDegree,
    );
  }
  return position(
    between(COUNTRY.south, COUNTRY.north, seed, 2),
    between(COUNTRY.west, COUNTRY.east, seed, 3),
  );
};

const towards = (bearing: number, metres: number): Offset => ({
  east: metres * Math.sin(bearing),
  north: metres * Math.cos(bearing),
});

const demandOf = (seed: number): Demand => {
  const drawn = chance(seed, 4);
  if (drawn < 0.5) return 'curfew';
  return drawn < 0.75 ? 'zone' : 'both';
};

/** Days begin each quarter of an hour, so that no instant ends the curfews of too many. */
export const DAYS: readonly number[] = Array.from({ length: 96 }, (_, i) => i * 15);

/**
 * A wearer by number. Their days are spread evenly round the clock, so that ten minutes of a run
 * hold every hour of a day in its share, at whatever hour it is started. Work, errands and evenings
 * lie on one side of home and the zone on the other: nobody enters it who is not meant to.
 */
export const wearerOf = (runSeed: number, number: number): Wearer => {
  const seed = Math.floor(chance(runSeed, number) * 2 ** 31);
  const bearing = between(0, 2 * Math.PI, seed, 5);
  const name = String(number).padStart(5, '0');
  return {
    number,
    wearerId: `w-${name}`,
    activationId: `a-${name}`,
    seed,
    home: homeOf(seed),
    work: towards(bearing, between(2_000, 12_000, seed, 6)),
    errands: towards(bearing + between(-1, 1, seed, 7), between(400, 2_500, seed, 8)),
    evening: towards(bearing + between(-1, 1, seed, 9), between(800, 5_000, seed, 10)),
    hasWork: chance(seed, 11) < 0.6,
    aheadMinutes: DAYS[Math.floor(chance(seed, 12) * DAYS.length)] ?? 0,
    demand: demandOf(seed),
    zone: towards(bearing + Math.PI + between(-0.4, 0.4, seed, 13), between(4e3, 7e3, seed, 14)),
    zoneRadiusMetres: Math.round(between(300, 900, seed, 15)),
  };
};

export const hasCurfew = ({ demand }: Wearer): boolean => demand !== 'zone';
export const hasZone = ({ demand }: Wearer): boolean => demand !== 'curfew';

const toMicrodegree = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** The position at an offset from a wearer's home, to 0.1 m. */
export const positionAt = ({ home }: Wearer, { east, north }: Offset): Position => {
  const plane = planeAt(home.lat);
  return position(
    toMicrodegree(home.lat + north / plane.northMetresPerDegree),
    toMicrodegree(home.lon + east / plane.eastMetresPerDegree),
  );
};
