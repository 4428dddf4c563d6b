import { DAY_MILLISECONDS } from '../model/instant.ts';
import type { Layer } from '../model/rota.ts';
import type { Rotation } from '../model/rotation.ts';
import { firstInstantOf, type LocalClock, lastInstantOf, wallTimeAt } from '../time/local-clock.ts';
import { dayNumber, weekdayOf } from '../time/local-day.ts';
import { secondsOfDay, WEEKDAYS } from '../time/local-window.ts';
import type { Stretch, Turn } from './stretch.ts';

/** A rotation as days that come round: `handOvers` in seconds from the cycle's first midnight. */
type Cycle = Readonly<{ firstDay: number; days: number; handOvers: readonly number[] }>;

const SECONDS = 1_000;

const cycleOf = (rotation: Rotation): Cycle => {
  const day = dayNumber(rotation.startsOn);
  switch (rotation.kind) {
    case 'daily':
      return {
        firstDay: day,
        days: rotation.everyDays,
        handOvers: [secondsOfDay(rotation.handOver.time)],
      };
    case 'weekly': {
      const { weekday, time } = rotation.handOver;
      const ahead = WEEKDAYS.indexOf(weekday) - WEEKDAYS.indexOf(weekdayOf(day));
      return {
        firstDay: day + ((ahead + 7) % 7),
        days: 7 * rotation.everyWeeks,
        handOvers: [secondsOfDay(time)],
      };
    }
    case 'custom':
      return {
        firstDay: day,
        days: rotation.everyDays,
        handOvers: rotation.handOvers.map((one) => one.day * 86_400 + secondsOfDay(one.time)),
      };
    default:
      return rotation satisfies never;
  }
};

/**
 * The turns of a layer that reach into a stretch, in order. Whoever comes is on call from the first
 * instant at which the clock shows the hand-over, whoever goes until the last: where it comes
 * twice both are, and nobody never. A hand-over that the clock skips is at the first instant after
 * the gap; a turn that lies wholly in one has no length and is left out. `clock` must have been
 * read for the stretch: edges of turns far outside it may be some hours off.
 */
export const turnsIn = (
  { people, rotation }: Pick<Layer, 'people' | 'rotation'>,
  clock: LocalClock,
  { startAt, endAt }: Stretch,
): Turn[] => {
  const { firstDay, days, handOvers } = cycleOf(rotation);
  const cycleAt = (wallTime: number): number =>
    Math.floor((Math.floor(wallTime / DAY_MILLISECONDS) - firstDay) / days);
  const wallTimeOf = (number: number): number => {
    const cycle = Math.floor(number / handOvers.length);
    const seconds = handOvers[number - cycle * handOvers.length] ?? 0;
    return (firstDay + cycle * days) * DAY_MILLISECONDS + seconds * SECONDS;
  };
  // Two days more on either side: a zone may skip one.
  const first = cycleAt(wallTimeAt(clock, startAt) - 2 * DAY_MILLISECONDS) - 1;
  const last = cycleAt(wallTimeAt(clock, endAt) + 2 * DAY_MILLISECONDS) + 1;
  const turns: Turn[] = [];
  for (let n = Math.max(0, first * handOvers.length); n < last * handOvers.length; n += 1) {
    const personId = people[n % people.length];
    if (personId === undefined) continue;
    const turn = {
      startAt: firstInstantOf(clock, wallTimeOf(n)),
      endAt: lastInstantOf(clock, wallTimeOf(n + 1)),
      personId,
    };
    const isIn = turn.startAt < turn.endAt && turn.startAt < endAt && turn.endAt > startAt;
    if (isIn) turns.push(turn);
  }
  return turns;
};
