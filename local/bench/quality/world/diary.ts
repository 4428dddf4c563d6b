import { apart, type Point, plus, scaled, towards } from './ground.ts';
import type { Random } from './random.ts';
import type { WorldSettings } from './settings.ts';
import { along, lengthOf, routes, type Streets } from './streets.ts';
import { type Ground, pointAtDepth } from './zones.ts';

/** Walls that bend signals: how far fixes in it are off, an axis. Null: under the sky. */
export type Building = Readonly<{ fixed: Point; biasMetres: number }>;

type Span = Readonly<{ fromMinute: number; toMinute: number }>;
/** A stretch of a wearer's true day. */
export type Leg = Span &
  (
    | Readonly<{ kind: 'stay'; at: Point; building: Building | null; isHome: boolean }>
    | Readonly<{ kind: 'way'; route: readonly Point[] }>
  );

export type Resident = Readonly<{
  random: Random;
  settings: WorldSettings;
  ground: Ground;
  streets: Streets;
  home: Point;
  homeBuilding: Building;
  work: Point;
  workBuilding: Building;
}>;

type Visit = Readonly<{ at: Point; minutes: number; building: Building | null; mayEnter: boolean }>;

/** Nowhere is a receiver wrong by more than some 60 m for long. */
const MOST_BIAS_METRES = 32;

export const drawBuilding = (random: Random, settings: WorldSettings): Building => {
  const isBad = random.chance(settings.badBuildingShare);
  const drawn = settings.biasMetres * Math.exp(0.4 * random.normal()) * (isBad ? 2 : 1);
  const biasMetres = Math.min(MOST_BIAS_METRES, drawn);
  const fixed = { x: random.normal(), y: random.normal() };
  return { biasMetres, fixed: scaled(fixed, 0.5 * biasMetres) };
};

const around = (random: Random, centre: Point, metres: number): Point =>
  plus(centre, scaled(towards(random.between(0, 2 * Math.PI)), metres));

const errand = ({ random, settings, home }: Resident): Visit => {
  const isIndoors = random.chance(0.7);
  return {
    at: around(random, home, random.between(80, random.chance(0.6) ? 900 : 4_000)),
    minutes: 8 + random.exponential(isIndoors ? 45 : 25),
    building: isIndoors ? drawBuilding(random, settings) : null,
    mayEnter: false,
  };
};

/** Something to do close to the zone, and outside it. */
const nearMiss = ({ random, settings, ground }: Resident): Visit => ({
  at: pointAtDepth(ground, random.between(0, 2 * Math.PI), -random.between(4, 70)),
  minutes: 4 + random.exponential(22),
  building: random.chance(0.5) ? drawBuilding(random, settings) : null,
  mayEnter: false,
});

const depthOfEntry = (random: Random, isNextDoor: boolean): number =>
  isNextDoor ? random.between(3, 45) : 3 + random.exponential(45);

const entry = ({ random, settings, ground, home }: Resident): Visit => {
  const isNextDoor = random.chance(settings.nextDoorShare);
  const homeward = Math.atan2(home.y, home.x);
  const direction = isNextDoor ? homeward + 0.3 * random.normal() : random.between(0, 2 * Math.PI);
  const inZone = pointAtDepth(ground, direction, depthOfEntry(random, isNextDoor));
  return {
    at: ground.depth(inZone) > 0 ? inZone : { x: 0, y: 0 },
    minutes: 2 + random.exponential(15),
    building: random.chance(0.3) ? drawBuilding(random, settings) : null,
    mayEnter: true,
  };
};

const shift = ({ random, work, workBuilding }: Resident): Visit => ({
  at: work,
  minutes: random.between(240, 540),
  building: workBuilding,
  mayEnter: false,
});

const visitsOf = (resident: Resident): Visit[] => {
  const { random, settings } = resident;
  const visits = random.chance(0.55) ? [shift(resident)] : [];
  const errands = Math.floor(random.between(0, 3));
  for (let i = 0; i < errands; i += 1) visits.push(errand(resident));
  if (random.chance(settings.nearMissesPerDay / 2)) visits.push(nearMiss(resident));
  if (random.chance(settings.nearMissesPerDay / 2)) visits.push(nearMiss(resident));
  if (random.chance(settings.entriesPerDay)) visits.push(entry(resident));
  return visits
    .map((visit) => ({ visit, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ visit }) => visit);
};

const metresPerMinute = (random: Random, metres: number): number =>
  metres < 1_200 ? random.between(66, 96) : metres < 2_500 ? 240 : random.between(350, 550);

type Aim = Readonly<{ to: Point; mayEnter: boolean }>;

/** The way by streets that keeps out of the zone, if either does; null where neither. */
const wayTo = (resident: Resident, from: Point, { to, mayEnter }: Aim) => {
  const { ground, streets, random } = resident;
  const direct = [from, to];
  const both = routes(streets, from, to);
  if (mayEnter) return apart(from, to) < 80 ? direct : random.pick(both);
  const keepsOut = (route: readonly Point[]) =>
    along(route, 8).every((point) => ground.depth(point) < -1);
  return both.find(keepsOut) ?? (keepsOut(direct) ? direct : null);
};

/** Minutes of a day when the wearer is out, leg by leg, home again at the end. */
export const drawOutings = (resident: Resident, dayStart: number): Leg[] => {
  const { random, home, homeBuilding } = resident;
  const legs: Leg[] = [];
  let minute = dayStart + random.between(7, 10) * 60;
  let at: Point = home;
  let homeSince = dayStart;
  const go = (to: Point, mayEnter: boolean): boolean => {
    const route = wayTo(resident, at, { to, mayEnter });
    if (route === null) return false;
    if (at === home) {
      const stay = { kind: 'stay', at: home, building: homeBuilding, isHome: true } as const;
      legs.push({ ...stay, fromMinute: homeSince, toMinute: minute });
    }
    const metres = lengthOf(route);
    const toMinute = minute + metres / metresPerMinute(random, metres);
    legs.push({ kind: 'way', route, fromMinute: minute, toMinute });
    [minute, at] = [toMinute, to];
    return true;
  };
  const goHome = (mayEnter: boolean) => {
    if (at === home) return;
    if (!go(home, mayEnter)) go(home, true);
    homeSince = minute;
  };
  for (const visit of visitsOf(resident)) {
    if (minute > dayStart + 20 * 60) break;
    if (!go(visit.at, visit.mayEnter)) continue;
    const { building } = visit;
    const toMinute = minute + visit.minutes;
    legs.push({ kind: 'stay', at, building, isHome: false, fromMinute: minute, toMinute });
    minute = toMinute;
    if (random.chance(0.6)) {
      goHome(visit.mayEnter);
      minute += 10 + random.exponential(90);
    }
  }
  goHome(true);
  const end = Math.max(minute, dayStart + 24 * 60);
  const stay = { kind: 'stay', at: home, building: homeBuilding, isHome: true } as const;
  return [...legs, { ...stay, fromMinute: homeSince, toMinute: end }];
};
