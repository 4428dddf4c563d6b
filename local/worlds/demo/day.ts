import { moment } from '../moment.ts';

/**
 * Noon to noon UTC over the night on which Europe puts its clocks back: an evening in Europe, a
 * whole Saturday in America, and in between, at 01:00 UTC, 03:00 becoming 02:00 from Stavanger to
 * Zagreb.
 */
export const STARTS_AT = moment('2026-10-24T12:00:00Z');
export const ENDS_AT = moment('2026-10-25T12:00:00Z');

export const FIX_EVERY_SECONDS = 60;
/** Every order of this world begins with it, as on the day an agency takes up Homeward. */
export const ORDER_DATES = {
  startsAt: '2026-10-24T12:00:00Z',
  endsAt: '2027-02-28T00:00:00Z',
} as const;
export const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
