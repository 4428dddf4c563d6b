import { DAY_MILLISECONDS } from '../model/instant.ts';
import { WEEKDAYS } from './local-window.ts';

/** 1 January 1970 was a Thursday. */
const WEEKDAY_OF_DAY_ZERO = WEEKDAYS.indexOf('thu');

/** The number of a local date, counted in days from 1970-01-01. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00Z`) / DAY_MILLISECONDS;

export const weekdayOf = (day: number): (typeof WEEKDAYS)[number] =>
  WEEKDAYS[(((day + WEEKDAY_OF_DAY_ZERO) % 7) + 7) % 7] ?? 'thu';
