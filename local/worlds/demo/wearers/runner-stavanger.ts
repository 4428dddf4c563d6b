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
const leftAt = moment('2026-10-25T05:10:40+01:00');
const backAt = moment('2026-10-25T05:58:40+01:00');
const run = thinTrace(retimeTrace(readTrace('run-stavanger-1s'), leftAt), everySeconds);
const home = { lat: latitude(58.95918), lon: longitude(5.72884) };
const still = placeTrace(readTrace('still-phone-outdoor'), home);

/**
 * Leaves before the end of a curfew over the clock change: until 06:00, which in this night comes
 * ten hours and not nine after 21:00. Who counts nine hours, or keeps the summer's offset, lets
 * the run at 05:10 pass as after the end.
 */
export const RUNNER_STAVANGER: WorldWearer = {
  wearerId: 'W-105',
  name: 'Henrik Solberg',
  shows: 'goes running before the curfew of the long night has ended',
  timeZone: 'Europe/Oslo',
  devices: [{ activationId: 'act-105', deviceSerial: 'TAG-0105' }],
  zones: [],
  timetables: [
    {
      timetableId: 'night-stavanger',
      name: 'Nights, Stavanger',
      timeZone: 'Europe/Oslo',
      windows: [{ days: [...EVERY_DAY], start: '21:00', end: '06:00' }],
    },
  ],
  order: {
    ...ORDER_DATES,
    orderId: 'order-105',
    type: 'suspended-sentence',
    legalBasis: 'Curfew requirement, suspended sentence',
    timeZone: 'Europe/Oslo',
    policeForce: 'metropolitan',
    responsibleOfficer: 'officer-brandt',
    policyId: 'usual',
    conditions: [
      {
        conditionId: 'curfew',
        kind: 'curfew',
        timetableId: 'night-stavanger',
        place: { label: 'home in Stavanger', ...home },
      },
    ],
  },
  events: gpsEvents('act-105', [
    stay({ still, from: STARTS_AT, until: leftAt, everySeconds }),
    run,
    stay({ still, from: backAt, until: ENDS_AT, everySeconds }),
  ]),
};
