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
const leftAt = moment('2026-10-24T14:02:00-04:00');
const backAt = moment('2026-10-24T16:36:00-04:00');
/** The part of the ride that ends where it began. */
const loop = cutTrace(
  readTrace('cycle-toronto-long'),
  moment('2011-06-26T21:39:18Z'),
  moment('2011-06-27T00:10:48Z'),
);
const ride = thinTrace(retimeTrace(loop, leftAt), everySeconds);
const home = { lat: latitude(43.63663), lon: longitude(-79.40986) };
const still = placeTrace(readTrace('still-ublox-coldstart'), home);

/**
 * Perfectly in order, and on the move: two and a half hours by bicycle, past an exclusion zone at
 * 40 m twice, and home long before the curfew.
 */
export const CYCLIST_TORONTO: WorldWearer = {
  wearerId: 'W-108',
  name: 'Samuel Clarke',
  shows: 'is out for hours, passes a closed zone at 40 m twice, and keeps every condition',
  timeZone: 'America/Toronto',
  devices: [{ activationId: 'act-108', deviceSerial: 'TAG-0108' }],
  zones: [
    {
      zoneId: 'college-toronto',
      name: 'College, Toronto',
      kind: 'exclusion',
      shape: {
        type: 'Circle',
        centre: { lat: latitude(43.59073), lon: longitude(-79.54183) },
        radiusMetres: 150,
      },
    },
  ],
  timetables: [
    {
      timetableId: 'night-toronto',
      name: 'Nights, Toronto',
      timeZone: 'America/Toronto',
      windows: [{ days: [...EVERY_DAY], start: '21:00', end: '06:00' }],
    },
  ],
  order: {
    ...ORDER_DATES,
    orderId: 'order-108',
    type: 'civil',
    legalBasis: 'Conditional sentence order, conditions 2 and 5',
    timeZone: 'America/Toronto',
    responsibleOfficer: 'officer-reid',
    policyId: 'usual',
    conditions: [
      {
        conditionId: 'curfew',
        kind: 'curfew',
        timetableId: 'night-toronto',
        place: { label: 'home in Toronto', ...home },
      },
      { conditionId: 'college', kind: 'exclusion-zone', zoneId: 'college-toronto' },
    ],
  },
  events: gpsEvents('act-108', [
    stay({ still, from: STARTS_AT, until: leftAt, everySeconds }),
    ride,
    stay({ still, from: backAt, until: ENDS_AT, everySeconds }),
  ]),
};
