import { latitude, longitude } from '#domain/geo/position.ts';
import { moment } from '../../moment.ts';
import { placeTrace } from '../../track/place-trace.ts';
import { cutTrace, retimeTrace, thinTrace } from '../../track/shape-trace.ts';
import { stay } from '../../track/stay.ts';
import { readTrace } from '../../track/trace.ts';
import type { WorldWearer } from '../../world.ts';
import { ENDS_AT, EVERY_DAY, FIX_EVERY_SECONDS, ORDER_DATES, STARTS_AT } from '../day.ts';
import { gpsEvents } from '../gps-events.ts';

const everySeconds = FIX_EVERY_SECONDS;
const leftAt = moment('2026-10-25T06:01:00+01:00');
const backAt = moment('2026-10-25T09:33:00+01:00');
/** From the first fix on the move: twelve minutes earlier the recording has a single one. */
const onTheMove = cutTrace(
  readTrace('hike-zbevnica'),
  moment('2010-10-03T09:48:33Z'),
  moment('2010-10-03T13:19:31Z'),
);
const hike = thinTrace(retimeTrace(onTheMove, leftAt), everySeconds);
const home = { lat: latitude(45.45259), lon: longitude(14.0182) };
const still = placeTrace(readTrace('still-ublox-coldstart'), home);

/**
 * Leaves one minute after the end of the same night's curfew, and is in order: who counts the
 * hour of the clock change twice keeps this wearer in until 07:00. Then a long hike, with pauses
 * of the device.
 */
export const HIKER_ISTRIA: WorldWearer = {
  wearerId: 'W-106',
  name: 'Petra Horvat',
  shows: 'goes hiking one minute after the curfew of the long night has ended',
  timeZone: 'Europe/Zagreb',
  devices: [{ activationId: 'act-106', deviceSerial: 'TAG-0106' }],
  zones: [],
  timetables: [
    {
      timetableId: 'night-istria',
      name: 'Nights, Istria',
      timeZone: 'Europe/Zagreb',
      windows: [{ days: [...EVERY_DAY], start: '21:00', end: '06:00' }],
    },
  ],
  order: {
    ...ORDER_DATES,
    orderId: 'order-106',
    type: 'community',
    legalBasis: 'Curfew requirement, community order',
    timeZone: 'Europe/Zagreb',
    responsibleOfficer: 'officer-brandt',
    policyId: 'usual',
    conditions: [
      {
        conditionId: 'curfew',
        kind: 'curfew',
        timetableId: 'night-istria',
        graceSeconds: 60,
        place: { label: 'home in Istria', ...home },
      },
    ],
  },
  events: gpsEvents('act-106', [
    stay({ still, from: STARTS_AT, until: leftAt, everySeconds }),
    hike,
    stay({ still, from: backAt, until: ENDS_AT, everySeconds }),
  ]),
};
