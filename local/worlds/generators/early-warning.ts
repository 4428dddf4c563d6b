import { position } from '#domain/geo/position.ts';
import { DAY_SECONDS, type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { between } from '../chance.ts';
import type { MadeDay, MadeEvent, Truth } from './made-day.ts';
import { fixesAlong } from './movement.ts';

const HOME = position(51.5, -0.1);
/** 19:00 in London, in summer. */
const FIRST_CURFEW_AT = instant(Date.parse('2026-06-01T18:00:00Z'));
const NIGHTS = 5;
const STARTS_AT = secondsAfter(FIRST_CURFEW_AT, -3_600);
const ENDS_AT = secondsAfter(FIRST_CURFEW_AT, (NIGHTS - 0.4) * DAY_SECONDS);
const EDGES = { startsAt: STARTS_AT, endsAt: ENDS_AT };

/** Comes home from 2 km away in ten minutes; fixes from a while before until a while after. */
const homecoming = (seed: number, curfewAt: Instant, lateSeconds: number): MadeEvent[] => {
  const homeAt = secondsAfter(curfewAt, lateSeconds);
  return fixesAlong({
    ...{ seed, origin: HOME, everySeconds: 60, accuracyMetres: 8 },
    way: [
      { at: secondsAfter(homeAt, -600), spot: { east: 2_000, north: 0 } },
      { at: homeAt, spot: { east: 0, north: 0 } },
    ],
    from: secondsAfter(curfewAt, -1_800),
    until: secondsAfter(curfewAt, 1_800),
  });
};

const nights = (
  seed: number,
  lateSeconds: (night: number) => number,
  truth: readonly Truth[],
): MadeDay => ({
  ...{ rule: 'early-warning', ...EDGES },
  timetables: [
    {
      ...{ timetableId: 'night', name: 'Night', timeZone: 'Europe/London' },
      windows: [
        {
          days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
          ...{ start: '19:00', end: '07:00' },
        },
      ],
    },
  ],
  order: {
    conditions: [
      {
        ...{ conditionId: 'home', kind: 'curfew', timetableId: 'night' },
        place: { label: 'home', lat: HOME.lat, lon: HOME.lon },
      },
    ],
    earlySigns: {},
  },
  events: Array.from({ length: NIGHTS }, (_, night) => {
    const curfewAt = secondsAfter(FIRST_CURFEW_AT, night * DAY_SECONDS);
    return homecoming(seed + night, curfewAt, lateSeconds(night));
  }).flat(),
  truth,
});

/** Comes home some four minutes late, night after night: within the grace each time. */
export const comesLater = (seed: number): MadeDay => {
  const truth = { conditionId: 'early-signs', reasons: ['returning-later'] } as const;
  return nights(seed, (night) => between(226, 242, seed, night), [
    {
      ...truth,
      beganAt: secondsAfter(FIRST_CURFEW_AT, DAY_SECONDS),
      withinSeconds: (NIGHTS - 1) * DAY_SECONDS,
    },
  ]);
};

/** Comes home minutes before the curfew each night, and late once. */
export const comesLateOnce = (seed: number): MadeDay => {
  const lateOn = Math.floor(between(0, NIGHTS, seed, 1));
  const late = (night: number): number =>
    night === lateOn ? between(120, 1_500, seed, 2) : -between(120, 900, seed, night, 3);
  return nights(seed, late, []);
};
