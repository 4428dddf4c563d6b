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
const leftWorkAt = moment('2026-10-24T20:10:20+02:00');
const homeAt = moment('2026-10-24T20:31:20+02:00');
const drive = thinTrace(retimeTrace(readTrace('drive-munich-15s'), leftWorkAt), everySeconds);
const work = { lat: latitude(48.16351), lon: longitude(11.56439) };
const home = { lat: latitude(48.12883), lon: longitude(11.43301) };
const still = readTrace('still-ublox-coldstart');

/** Returns late: the curfew begins at 20:00, and the drive home from work only at 20:10. */
export const DRIVER_MUNICH: WorldWearer = {
  wearerId: 'W-102',
  name: 'Lukas Huber',
  shows: 'drives home from work ten minutes after the curfew began',
  timeZone: 'Europe/Berlin',
  devices: [{ activationId: 'act-102', deviceSerial: 'TAG-0102' }],
  zones: [],
  timetables: [
    {
      timetableId: 'night-munich',
      name: 'Nights, Munich',
      timeZone: 'Europe/Berlin',
      windows: [{ days: [...EVERY_DAY], start: '20:00', end: '06:00' }],
    },
  ],
  order: {
    ...ORDER_DATES,
    orderId: 'order-102',
    type: 'community',
    legalBasis: 'Curfew requirement, community order',
    timeZone: 'Europe/Berlin',
    // The police of this order hear of zones only: a late return is for officers.
    policeForce: 'metropolitan',
    policeKinds: ['exclusion-zone'],
    responsibleOfficer: 'officer-brandt',
    policyId: 'usual',
    conditions: [
      {
        conditionId: 'curfew',
        kind: 'curfew',
        timetableId: 'night-munich',
        place: { label: 'home in Munich', ...home },
      },
    ],
  },
  events: gpsEvents('act-102', [
    stay({ still: placeTrace(still, work), from: STARTS_AT, until: leftWorkAt, everySeconds }),
    drive,
    stay({ still: placeTrace(still, home), from: homeAt, until: ENDS_AT, everySeconds }),
  ]),
};
