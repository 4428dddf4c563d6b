import type { WearerRef } from '#domain/model/ids.ts';
import { instant, toIso } from '#domain/model/instant.ts';
import { type Item, number, text } from './items.ts';
import { dueShard, statePk } from './keys.ts';

const DAY_MILLISECONDS = 86_400_000;
/** Events may come thirty days late: three days after that a day of the trail changes no more. */
const ARCHIVED_AFTER_DAYS = 33;

/** The UTC day of an instant, such as `2026-03-02`. */
export const utcDay = (at: number): string => toIso(instant(Math.max(0, at))).slice(0, 10);

/** An item of the trail belongs to the day of its first event. */
export const ofDay = (firstAt: number): Item => ({ day: text(utcDay(firstAt)) });

/**
 * Puts an item on the index of what is to be archived: once for each day of a wearer is enough, for
 * the archive takes whole days.
 */
export const archiveDue = (wearer: WearerRef, at: number): Item => ({
  dueShard: text(dueShard(statePk(wearer))),
  nextDueAt: number((Math.floor(at / DAY_MILLISECONDS) + ARCHIVED_AFTER_DAYS) * DAY_MILLISECONDS),
});
