import { type Position, position } from '#domain/geo/position.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { type CompiledTimetable, compileTimetable } from '#domain/time/compile-timetable.ts';
import { parseTimetable } from '#domain/time/timetable.ts';
import { between, chance, normal } from '#local/worlds/chance.ts';
import { type DrawnZone, drawZone, placeNear } from './drawn-zones.ts';

const HOME = { lat: 51.5, lon: -0.1 };
const FIXES = 512;
export const STARTS_AT = instant(Date.UTC(2026, 0, 1));
const YEAR_MILLISECONDS = 365 * 86_400_000;
export const ENDS_AT = instant(STARTS_AT + 2 * YEAR_MILLISECONDS);

export type BenchFix = Readonly<{ at: Instant; position: Position; lonLat: [number, number] }>;

/** Somebody with a curfew and so many zones round their home, and where they are seen. */
export type BenchWearer = Readonly<{
  zones: readonly DrawnZone[];
  curfew: CompiledTimetable;
  fixes: readonly BenchFix[];
}>;

/** Nights on all days, longer at weekends. */
export const compileCurfew = (timeZone: string): CompiledTimetable => {
  const read = parseTimetable({
    timeZone,
    windows: [
      { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '19:00', end: '07:00' },
      { days: ['sat', 'sun'], start: '21:00', end: '08:30' },
    ],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return compileTimetable(read.timetable, {
    ...{ fromAt: STARTS_AT, untilAt: ENDS_AT },
    tzdataVersion: 'bench',
  });
};

/** From 5 to 5,000 vertices and from 60 m to 3 km, most of them small. */
const drawZones = (count: number): DrawnZone[] =>
  Array.from({ length: count }, (_, i) => {
    const middle = placeNear(HOME, between(800, 15_000, 1, i), i);
    const vertices = Math.round(5 * 1_000 ** chance(2, i));
    return drawZone({ middle, vertices, radiusMetres: 60 * 50 ** chance(3, i), seed: i });
  });

/** Seven in ten at home, two on their way, and one in or about a zone. */
const placeOf = (zones: readonly DrawnZone[], i: number): { lat: number; lon: number } => {
  const lot = chance(4, i);
  const drift = 12 * Math.abs(normal(5, i));
  if (lot < 0.7) return placeNear(HOME, drift, i);
  if (lot < 0.9) return placeNear(HOME, between(100, 15_000, 6, i), i);
  const { west, south, east, north } = zones[i % zones.length]?.zone.box ?? {
    west: 0,
    south: 0,
    east: 0,
    north: 0,
  };
  const [x, y] = [between(-0.1, 1.1, 7, i), between(-0.1, 1.1, 8, i)];
  return { lat: south + y * (north - south), lon: west + x * (east - west) };
};

const fixOf = (zones: readonly DrawnZone[], i: number): BenchFix => {
  const { lat, lon } = placeOf(zones, i);
  const at = instant(STARTS_AT + Math.floor(YEAR_MILLISECONDS * chance(9, i)));
  return { at, position: position(lat, lon), lonLat: [lon, lat] };
};

export const makeWearer = (zoneCount: number): BenchWearer => {
  const zones = drawZones(zoneCount);
  const fixes = Array.from({ length: FIXES }, (_, i) => fixOf(zones, i));
  return { zones, curfew: compileCurfew('Europe/London'), fixes };
};
