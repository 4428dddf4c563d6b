import { position } from '#domain/geo/position.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { MadeDay, MadeEvent } from '../generators/made-day.ts';
import { fixesAlong } from '../generators/movement.ts';
import { EVERY_DAY, STARTS_AT } from './day.ts';

const HOME = position(51.5, -0.1);
const HOUR = 3_600;
/** London is an hour ahead of UTC until this night: hours at home from 15:00, 17:00, 19:00 ... */
const STARTS = ['15:00', '17:00', '19:00', '21:00', '23:00'] as const;
const ENDS = ['16:00', '18:00', '20:00', '22:00', '23:59'] as const;
const FIRST_AT = secondsAfter(STARTS_AT, 2 * HOUR);

/** Away by 2 km an hour before, and home so many seconds after the hour. */
const homecoming = (curfewAt: Instant, nth: number, lateSeconds: number): MadeEvent[] => {
  const homeAt = secondsAfter(curfewAt, lateSeconds);
  return fixesAlong({
    ...{ seed: 1_000 + nth, origin: HOME, everySeconds: 60, accuracyMetres: 8 },
    way: [
      { at: secondsAfter(curfewAt, -0.6 * HOUR), spot: { east: 0, north: 0 } },
      { at: secondsAfter(homeAt, -600), spot: { east: 2_000, north: 0 } },
      { at: homeAt, spot: { east: 0, north: 0 } },
    ],
    from: secondsAfter(curfewAt, -0.7 * HOUR),
    until: secondsAfter(curfewAt, 1.1 * HOUR),
  });
};

/** Five hours at home within one day, with the seconds by which the wearer comes late to each. */
export const shortCurfews = (lateSeconds: readonly number[]): MadeDay => ({
  ...{ rule: 'early-warning', startsAt: STARTS_AT, endsAt: secondsAfter(STARTS_AT, 12 * HOUR) },
  timetables: [
    {
      ...{ timetableId: 'hours', name: 'Hours at home', timeZone: 'Europe/London' },
      windows: STARTS.map((start, i) => ({
        ...{ days: [...EVERY_DAY], start, end: ENDS[i] ?? '23:59' },
      })),
    },
  ],
  order: {
    earlySigns: {},
    conditions: [
      {
        ...{ conditionId: 'home', kind: 'curfew', timetableId: 'hours' },
        place: { label: 'home', lat: HOME.lat, lon: HOME.lon },
      },
    ],
  },
  events: lateSeconds.flatMap((late, i) =>
    homecoming(secondsAfter(FIRST_AT, i * 2 * HOUR), i, late),
  ),
  truth: [],
});
