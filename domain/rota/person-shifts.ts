import type { PersonId, RotaId } from '../model/ids.ts';
import {
  DAY_MILLISECONDS,
  DAY_SECONDS,
  type Instant,
  instant,
  secondsAfter,
} from '../model/instant.ts';
import type { Rota } from '../model/rota.ts';
import { personStretches, shiftsBetween } from './shifts-between.ts';
import type { HolidayDates, Stretch } from './stretch.ts';

/** A stretch in which somebody is on call by a rota. */
export type PersonShift = Stretch &
  Readonly<{
    rotaId: RotaId;
    rotaName: string;
    /** It began before what was looked at, so its start says nothing. */
    isOpen: boolean;
  }>;

const LOOK_BACK_DAYS = 8 * 7;
const TOLD_BACK_DAYS = 4 * 7;
const AHEAD_DAYS = 26 * 7;

const dayStart = (at: Instant): Instant =>
  instant(Math.floor(at / DAY_MILLISECONDS) * DAY_MILLISECONDS);

/**
 * When somebody is on call, by all rotas: the last four weeks and half a year ahead. Edges of what
 * is looked at lie on whole days, so that asking again shows the same.
 */
export const personShifts = (
  rotas: readonly Rota[],
  personId: PersonId,
  { now, holidays }: Readonly<{ now: Instant; holidays: HolidayDates }>,
): PersonShift[] => {
  const today = dayStart(now);
  const startAt = instant(Math.max(0, secondsAfter(today, -LOOK_BACK_DAYS * DAY_SECONDS)));
  const toldAt = secondsAfter(today, -TOLD_BACK_DAYS * DAY_SECONDS);
  const stretch = { startAt, endAt: secondsAfter(today, AHEAD_DAYS * DAY_SECONDS) };
  return rotas.flatMap((rota) =>
    personStretches(shiftsBetween(rota, stretch, holidays), personId)
      .filter((theirs) => theirs.endAt > toldAt)
      .map((theirs) => ({
        ...{ rotaId: rota.rotaId, rotaName: rota.name, isOpen: theirs.startAt === startAt },
        ...theirs,
      })),
  );
};
