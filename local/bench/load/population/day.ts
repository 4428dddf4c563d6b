import { between, chance } from '#local/worlds/chance.ts';
import { hasCurfew, type Offset, type Wearer } from './wearer.ts';

/** Where somebody stays, in minutes of their own day. */
export type Stay = Readonly<{ place: Offset; fromMinute: number; untilMinute: number }>;

export type Whereabouts = Readonly<{
  at: Offset;
  isTravelling: boolean;
  speedMps: number;
  headingDegrees: number;
  /** Under ground, or a flat battery: no fix is to be had. */
  isUnseen: boolean;
}>;

export const CURFEW = { start: '19:00', end: '07:00' } as const;

const HOME: Offset = { east: 0, north: 0 };
const DAY_MINUTES = 1_440;
const METRES_A_MINUTE = 550;

const metresBetween = (a: Offset, b: Offset): number =>
  Math.hypot(b.east - a.east, b.north - a.north);

const travelMinutes = (a: Offset, b: Offset): number => 4 + metresBetween(a, b) / METRES_A_MINUTE;

/** The places of a day away from home: from when, and how long. */
const outingsOf = (
  wearer: Wearer,
  day: number,
): { place: Offset; from: number; stay: number }[] => {
  const draw = (least: number, most: number, key: number) =>
    between(least, most, wearer.seed, day, key);
  const outings = [];
  const isWorkday = wearer.hasWork && day % 7 < 5;
  if (isWorkday)
    outings.push({ place: wearer.work, from: draw(450, 560, 1), stay: draw(380, 440, 2) });
  if (isWorkday && chance(wearer.seed, day, 3) < 0.4) {
    outings.push({ place: wearer.errands, from: 0, stay: draw(10, 30, 4) });
  }
  if (!isWorkday) {
    outings.push({ place: wearer.errands, from: draw(570, 720, 5), stay: draw(30, 120, 6) });
  }
  if (!hasCurfew(wearer) && chance(wearer.seed, day, 7) < 0.35) {
    outings.push({ place: wearer.evening, from: draw(1_170, 1_200, 8), stay: draw(60, 150, 9) });
  }
  return outings;
};

/** A day from midnight to midnight, at home at both ends; a curfew is always kept. */
export const dayOf = (wearer: Wearer, day: number): Stay[] => {
  const stays: Stay[] = [];
  let here = HOME;
  let since = 0;
  const goTo = (place: Offset, leaveMinute: number): void => {
    stays.push({ place: here, fromMinute: since, untilMinute: leaveMinute });
    since = leaveMinute + travelMinutes(here, place);
    here = place;
  };
  let leaveMinute = 0;
  for (const { place, from, stay } of outingsOf(wearer, day)) {
    // An outing that follows another goes on from there; one much later starts from home.
    if (here !== HOME && from > leaveMinute) goTo(HOME, leaveMinute);
    goTo(place, Math.max(from, leaveMinute));
    leaveMinute = since + stay;
  }
  if (here !== HOME) goTo(HOME, leaveMinute);
  return [...stays, { place: HOME, fromMinute: since, untilMinute: DAY_MINUTES }];
};

const underWay = (from: Stay, to: Stay, minute: number): Whereabouts => {
  const minutes = to.fromMinute - from.untilMinute;
  const share = (minute - from.untilMinute) / minutes;
  const east = to.place.east - from.place.east;
  const north = to.place.north - from.place.north;
  return {
    at: { east: from.place.east + share * east, north: from.place.north + share * north },
    isTravelling: true,
    speedMps: Math.hypot(east, north) / (minutes * 60),
    headingDegrees: ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360,
    // One way in seven leads through a tunnel.
    isUnseen: share > 0.4 && share < 0.6 && from.untilMinute % 7 < 1,
  };
};

/** A device that says nothing for an hour is an alert, and here only what is hidden may be one. */
const FLAT_MINUTES = 50;

/** One day in two hundred somebody charges too late, and the device is flat for a while. */
const isFlat = ({ seed }: Wearer, day: number, minute: number): boolean => {
  if (chance(seed, day, 20) >= 1 / 200) return false;
  const flatFrom = between(0, DAY_MINUTES - FLAT_MINUTES, seed, day, 21);
  return minute >= flatFrom && minute < flatFrom + FLAT_MINUTES;
};

/** Where a wearer is at an instant, epoch milliseconds. */
export const whereaboutsAt = (wearer: Wearer, at: number): Whereabouts => {
  const minutes = at / 60_000 + wearer.aheadMinutes;
  const day = Math.floor(minutes / DAY_MINUTES);
  const minute = minutes - day * DAY_MINUTES;
  const stays = dayOf(wearer, day);
  const index = stays.findLastIndex(({ fromMinute }) => fromMinute <= minute);
  const stay = stays[index] ?? { place: HOME, fromMinute: 0, untilMinute: DAY_MINUTES };
  const next = stays[index + 1];
  if (next !== undefined && minute > stay.untilMinute) return underWay(stay, next, minute);
  const isUnseen = isFlat(wearer, day, minute);
  return { at: stay.place, isTravelling: false, speedMps: 0, headingDegrees: 0, isUnseen };
};
