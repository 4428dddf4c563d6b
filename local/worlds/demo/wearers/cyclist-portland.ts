import { latitude, longitude } from '#domain/geo/position.ts';
import { moment } from '../../moment.ts';
import { placeTrace } from '../../track/place-trace.ts';
import { retimeTrace, thinTrace } from '../../track/shape-trace.ts';
import { stay } from '../../track/stay.ts';
import { readTrace } from '../../track/trace.ts';
import type { WorldWearer } from '../../world.ts';
import { ENDS_AT, EVERY_DAY, FIX_EVERY_SECONDS, ORDER_DATES, STARTS_AT } from '../day.ts';
import { gpsEvents } from '../gps-events.ts';

const everySeconds = FIX_EVERY_SECONDS;
const leftWorkAt = moment('2026-10-24T18:36:00-07:00');
const homeAt = moment('2026-10-24T19:04:00-07:00');
const ride = thinTrace(retimeTrace(readTrace('cycle-portland-commute'), leftWorkAt), everySeconds);
const work = { lat: latitude(45.593), lon: longitude(-122.72255) };
const home = { lat: latitude(45.5221), lon: longitude(-122.67576) };
const still = readTrace('still-phone-outdoor');

/**
 * Two near misses, and in order: comes home three minutes after the curfew began, within its
 * grace of five; and rides through an exclusion zone in less than a minute, of which one fix is
 * seen.
 */
export const CYCLIST_PORTLAND: WorldWearer = {
  wearerId: 'W-107',
  name: 'Maria Santos',
  shows: 'is home three minutes late, within the grace; one fix on the way lies in a closed zone',
  timeZone: 'America/Los_Angeles',
  devices: [{ activationId: 'act-107', deviceSerial: 'TAG-0107' }],
  zones: [
    {
      zoneId: 'square-portland',
      name: 'Square on the way, Portland',
      kind: 'exclusion',
      shape: {
        type: 'Circle',
        centre: { lat: latitude(45.55413), lon: longitude(-122.69204) },
        radiusMetres: 120,
      },
    },
  ],
  timetables: [
    {
      timetableId: 'night-portland',
      name: 'Nights, Portland',
      timeZone: 'America/Los_Angeles',
      windows: [{ days: [...EVERY_DAY], start: '19:00', end: '05:00' }],
    },
  ],
  order: {
    ...ORDER_DATES,
    orderId: 'order-107',
    type: 'community',
    legalBasis: 'Post-prison supervision, conditions 3 and 7',
    timeZone: 'America/Los_Angeles',
    policeForce: 'metropolitan',
    policeKinds: ['exclusion-zone'],
    responsibleOfficer: 'officer-reid',
    policyId: 'usual',
    conditions: [
      {
        conditionId: 'curfew',
        kind: 'curfew',
        timetableId: 'night-portland',
        place: { label: 'home in Portland', ...home },
      },
      { conditionId: 'square', kind: 'exclusion-zone', zoneId: 'square-portland' },
    ],
  },
  events: gpsEvents('act-107', [
    stay({ still: placeTrace(still, work), from: STARTS_AT, until: leftWorkAt, everySeconds }),
    ride,
    stay({ still: placeTrace(still, home), from: homeAt, until: ENDS_AT, everySeconds }),
  ]),
};
