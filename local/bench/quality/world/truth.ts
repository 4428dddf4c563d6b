import type { Leg } from './diary.ts';
import { apart, between, type Point } from './ground.ts';
import type { Ground } from './zones.ts';

/** From when till when a wearer truly was inside the zone, minutes. */
export type Inside = Readonly<{ fromMinute: number; toMinute: number }>;

const STEP_MINUTES = 1 / 6;

const alongRoute = (route: readonly Point[], share: number): Point => {
  const lengths = route.slice(1).map((point, i) => apart(point, route[i] ?? point));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    const [from, to] = [route[i], route[i + 1]];
    if (from !== undefined && to !== undefined && left <= length) {
      return length === 0 ? from : between(from, to, left / length);
    }
    left -= length;
  }
  const last = route.at(-1);
  if (last === undefined) throw new Error('a way needs a point');
  return last;
};

/** Where somebody truly is in a leg. */
export const whereIn = (leg: Leg, minute: number): Point => {
  if (leg.kind === 'stay') return leg.at;
  const minutes = leg.toMinute - leg.fromMinute;
  return alongRoute(leg.route, minutes === 0 ? 1 : (minute - leg.fromMinute) / minutes);
};

const insideOf = (ground: Ground, leg: Leg): Inside[] => {
  const { fromMinute, toMinute } = leg;
  if (leg.kind === 'stay') return ground.depth(leg.at) > 0 ? [{ fromMinute, toMinute }] : [];
  const found: Inside[] = [];
  for (let minute = fromMinute; minute < toMinute; minute += STEP_MINUTES) {
    if (ground.depth(whereIn(leg, minute)) <= 0) continue;
    found.push({ fromMinute: minute, toMinute: Math.min(toMinute, minute + STEP_MINUTES) });
  }
  return found;
};

/** When the wearer was inside, in one piece where less than ten seconds lie between. */
export const insideDuring = (ground: Ground, legs: readonly Leg[]): Inside[] => {
  const whole: Inside[] = [];
  for (const next of legs.flatMap((leg) => insideOf(ground, leg))) {
    const last = whole.at(-1);
    if (last !== undefined && next.fromMinute - last.toMinute < STEP_MINUTES) {
      whole[whole.length - 1] = { fromMinute: last.fromMinute, toMinute: next.toMinute };
    } else whole.push(next);
  }
  return whole;
};
