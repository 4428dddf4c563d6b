import { Temporal } from 'temporal-polyfill';
import { DAY_SECONDS, type Instant } from '../model/instant.ts';
import type { OfficeHours } from '../model/person.ts';
import { SECONDS_PER_WEEK, weekSpansOf } from '../time/local-window.ts';

/**
 * Whether an instant lies within hours of the week, by the wall clock of their zone: an office's,
 * or those in which somebody wants quiet. `holidays` are dates as 2026-12-25, on which no window
 * begins; one that began the day before runs to its end.
 */
export const isWithinHours = (
  { timeZone, windows }: Pick<OfficeHours, 'timeZone' | 'windows'>,
  holidays: readonly string[],
  at: Instant,
): boolean => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const day = (local.dayOfWeek - 1) * DAY_SECONDS;
  const now = day + local.hour * 3600 + local.minute * 60 + local.second;
  const closed = new Set(holidays);
  return weekSpansOf(windows).some(({ start, end }) =>
    [now, now + SECONDS_PER_WEEK].some((second) => {
      if (second < start || second >= end) return false;
      const daysAgo = Math.floor(second / DAY_SECONDS) - Math.floor(start / DAY_SECONDS);
      return !closed.has(local.toPlainDate().subtract({ days: daysAgo }).toString());
    }),
  );
};
