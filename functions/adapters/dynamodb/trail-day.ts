import type { WearerRef } from '#domain/model/ids.ts';
import { DAY_MILLISECONDS, type Instant, instant, toIso } from '#domain/model/instant.ts';
import { type Item, number, text } from './items.ts';
import { dueShard, statePk } from './keys.ts';

/** Events may come thirty days late: three days after that a day of the trail changes no more. */
const ARCHIVED_AFTER_DAYS = 33;

/** The UTC day of an instant, such as `2026-03-02`. */
export const utcDay = (at: number): string => toIso(instant(Math.max(0, at))).slice(0, 10);

/** The instant at which a UTC day begins. */
export const startOfDay = (day: string): Instant => instant(Date.parse(`${day}T00:00:00Z`));

/** When a day may be archived: whoever reads it later looks there too. */
export const archiveDueAt = (day: string): Instant =>
  instant(startOfDay(day) + ARCHIVED_AFTER_DAYS * DAY_MILLISECONDS);

/** The first day that is not to be archived yet. */
export const firstKeptDay = (now: Instant): string =>
  utcDay(now - (ARCHIVED_AFTER_DAYS - 1) * DAY_MILLISECONDS);

/** The days that two instants lie in, and those between them. */
export const daysBetween = (fromAt: Instant, toAt: Instant): string[] => {
  const first = Math.floor(fromAt / DAY_MILLISECONDS);
  const count = Math.max(0, Math.floor(toAt / DAY_MILLISECONDS) - first + 1);
  return Array.from({ length: count }, (_, i) => utcDay((first + i) * DAY_MILLISECONDS));
};

/** An item of the trail belongs to the day of its first event. */
export const ofDay = (firstAt: number): Item => ({ day: text(utcDay(firstAt)) });

/**
 * Puts an item on the index of what is to be archived: once for each day of a wearer is enough, for
 * the archive takes whole days.
 */
export const archiveDue = (wearer: WearerRef, at: number): Item => ({
  dueShard: text(dueShard(statePk(wearer))),
  nextDueAt: number(archiveDueAt(utcDay(at))),
});
