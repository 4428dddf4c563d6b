import type { Layer } from '../model/rota.ts';
import { compileTimetable } from '../time/compile-timetable.ts';
import { WEEKDAYS } from '../time/local-window.ts';
import type { HolidayDates, Stretch } from './stretch.ts';

const ALL_HOURS = { days: [...WEEKDAYS], start: '00:00', end: '00:00' };

type Restricted = Pick<Layer, 'restrictions' | 'skipHolidays'>;
type Where = Readonly<{ timeZone: string; holidays: HolidayDates }>;

/**
 * When a layer counts, within a stretch: its hours by the wall clock, without its holidays. As of a
 * timetable, hours are longer where clocks are put back, and hours that are skipped are none.
 */
export const layerHours = (
  { restrictions, skipHolidays }: Restricted,
  { startAt, endAt }: Stretch,
  { timeZone, holidays }: Where,
): readonly Stretch[] => {
  const dates = skipHolidays === null ? [] : (holidays.get(skipHolidays) ?? []);
  if (restrictions.length === 0 && dates.length === 0) return [{ startAt, endAt }];
  const timetable = {
    timeZone,
    windows: restrictions.length === 0 ? [ALL_HOURS] : restrictions,
    exceptions: dates.map((date) => ({ kind: 'suspension' as const, reason: 'holiday', date })),
    validFrom: null,
    validUntil: null,
  };
  const horizon = { fromAt: startAt, untilAt: endAt, tzdataVersion: '' };
  return compileTimetable(timetable, horizon).intervals;
};
