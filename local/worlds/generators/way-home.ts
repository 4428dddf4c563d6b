import { position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import { between, chance } from '../chance.ts';
import type { MadeDay, Truth } from './made-day.ts';
import { fixesAlong, type Way } from './movement.ts';

const HOME = position(51.5, -0.1);
/** 19:00 in London, in summer. */
const CURFEW_AT = instant(Date.parse('2026-06-01T18:00:00Z'));
const STARTS_AT = secondsAfter(CURFEW_AT, -3 * 3600);
const ENDS_AT = secondsAfter(CURFEW_AT, 1800);
const SPEED_METRES_PER_SECOND = 4;
const MARGIN_SECONDS = 600;
const LEAD_SECONDS = 3_600;

type Evening = Readonly<{ truth?: readonly Truth[]; silentAt?: Instant }>;

const evening = (
  seed: number,
  way: Way,
  { truth = [], silentAt = ENDS_AT }: Evening = {},
): MadeDay => ({
  ...{ rule: 'way-home', startsAt: STARTS_AT, endsAt: ENDS_AT },
  timetables: [
    {
      ...{ timetableId: 'night', name: 'Night', timeZone: 'Europe/London' },
      windows: [{ days: ['mon'], start: '19:00', end: '07:00' }],
    },
  ],
  order: {
    conditions: [
      {
        ...{ conditionId: 'home', kind: 'curfew', timetableId: 'night' },
        place: { label: 'home', lat: HOME.lat, lon: HOME.lon },
      },
    ],
  },
  events: fixesAlong({
    ...{ seed, origin: HOME, way, from: STARTS_AT, until: silentAt },
    ...{ everySeconds: 60, accuracyMetres: 8 },
  }),
  truth,
});

const stayAt = (metres: number): Way => [{ at: STARTS_AT, spot: { east: metres, north: 0 } }];

/** Stays 1 to 20 km from home until it is high time to set off. */
export const staysOut = (seed: number): MadeDay => {
  const metres = between(1_000, 20_000, seed, 1);
  const seconds = metres / SPEED_METRES_PER_SECOND + MARGIN_SECONDS;
  const leaveAt = secondsAfter(CURFEW_AT, -Math.min(seconds, LEAD_SECONDS));
  // Some tens of metres of error are some ten seconds of the way.
  const beganAt = secondsAfter(leaveAt, -20);
  const truth = { conditionId: 'home', reasons: ['leave-for-home'] } as const;
  return evening(seed, stayAt(metres), {
    truth: [{ ...truth, beganAt, withinSeconds: 45 }],
  });
};

/** Is at home; or sets off in good time; or has not been seen for half an hour. */
export const needsNoNudge = (seed: number): MadeDay => {
  const kind = Math.floor(3 * chance(seed, 1));
  if (kind === 0) return evening(seed, stayAt(between(0, 150, seed, 2)));
  const metres = between(1_000, 6_000, seed, 2);
  if (kind === 1)
    return evening(seed, stayAt(metres), { silentAt: secondsAfter(CURFEW_AT, -5_500) });
  const latestAt = secondsAfter(CURFEW_AT, -(metres / SPEED_METRES_PER_SECOND + MARGIN_SECONDS));
  const setsOffAt = secondsAfter(latestAt, -between(300, 1_200, seed, 3));
  const homeAt = secondsAfter(setsOffAt, metres / 5);
  if (secondsBetween(homeAt, CURFEW_AT) < 0) throw new Error('the test wearer comes too late');
  const way: Way = [
    { at: setsOffAt, spot: { east: metres, north: 0 } },
    { at: homeAt, spot: { east: 0, north: 0 } },
  ];
  return evening(seed, way);
};
