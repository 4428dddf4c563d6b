import type { CompiledZone } from '#domain/geo/compiled-zone.ts';
import { type Position, position } from '#domain/geo/position.ts';
import type { Fix } from '#domain/model/device-event.ts';
import { drawBuilding, drawOutings, type Resident } from './diary.ts';
import { onEarth, plus, scaled, towards } from './ground.ts';
import { observe } from './observe.ts';
import { type Random, randomOf } from './random.ts';
import { RECEIVERS } from './receivers.ts';
import type { WorldSettings } from './settings.ts';
import { drawStreets } from './streets.ts';
import { type Inside, insideDuring } from './truth.ts';
import { drawZone, pointAtDepth } from './zones.ts';

/** One wearer's days, as they were and as they were seen. */
export type WearerDays = Readonly<{
  name: string;
  receiver: string;
  zone: CompiledZone;
  homeToZoneMetres: number;
  /** The address on record. */
  place: Position;
  days: number;
  /** Fixes of the days before: what a place is learned from. */
  history: readonly Fix[];
  /** In the order of their instants, with every flag. */
  fixes: readonly Fix[];
  /** When the wearer truly was in the zone, minutes from `STARTS_AT`. */
  inside: readonly Inside[];
}>;

/** How far homes lie from the edge of the zone, metres. */
export const DISTANCES = {
  near: [
    [15, 40],
    [40, 80],
    [80, 150],
  ],
  usual: [
    [150, 500],
    [500, 5_000],
  ],
} as const;

export type Wanted = Readonly<{
  seed: string;
  settings: WorldSettings;
  homes: keyof typeof DISTANCES;
  days: number;
}>;

const HISTORY_DAYS = 6;

const drawResident = (random: Random, { settings, homes }: Wanted): Resident => {
  const origin = position(settings.origin.lat, settings.origin.lon);
  const ground = drawZone(random, origin);
  const [least, most] = random.pick<readonly [number, number]>(DISTANCES[homes]);
  const direction = random.between(0, 2 * Math.PI);
  const home = pointAtDepth(ground, direction, -random.between(least, most));
  const away = scaled(towards(random.between(0, 2 * Math.PI)), random.between(800, 4_000));
  return {
    ...{ random, settings, ground, home, streets: drawStreets(random) },
    homeBuilding: drawBuilding(random, settings),
    work: plus(home, away),
    workBuilding: drawBuilding(random, settings),
  };
};

/** Draws one wearer and a run of days: the same for the same seed. */
export const drawWearer = (wanted: Wanted, number: number): WearerDays => {
  const { settings, days, seed } = wanted;
  const name = `${settings.name}-${wanted.homes}-${seed}-${number}`;
  const random = randomOf(name);
  const resident = drawResident(random, wanted);
  const { home, ground } = resident;
  const receiver = random.pick(RECEIVERS);
  const device = { random, receiver, settings, home };
  const before = Array.from({ length: HISTORY_DAYS }, (_, n) =>
    drawOutings(resident, (n - HISTORY_DAYS) * 1_440),
  ).flat();
  const legs = Array.from({ length: days }, (_, day) => drawOutings(resident, day * 1_440)).flat();
  const error = { x: random.normal(), y: random.normal() };
  const address = plus(home, scaled(error, settings.addressErrorMetres));
  return {
    ...{ name, receiver: receiver.name, zone: ground.zone, days },
    history: observe(device, before),
    homeToZoneMetres: -ground.depth(home),
    place: onEarth(settings.origin, address),
    fixes: observe(device, legs),
    inside: insideDuring(ground, legs),
  };
};
