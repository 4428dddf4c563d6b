import { latitude, longitude } from '#domain/geo/position.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { moment } from '../../moment.ts';
import { offsetBy } from '../../track/place-trace.ts';
import { cutTrace, repeatTrace } from '../../track/shape-trace.ts';
import { readTrace } from '../../track/trace.ts';
import type { WorldWearer } from '../../world.ts';
import { ENDS_AT, ORDER_DATES, STARTS_AT } from '../day.ts';
import { gpsEvents } from '../gps-events.ts';

/** A phone lying indoors, its positions from Wi-Fi and cells. */
const indoors = cutTrace(
  readTrace('indoor-phone-zurich-60s-part1'),
  moment('2012-12-18T13:55:00Z'),
  moment('2012-12-18T15:14:00Z'),
);
/** The same eighty minutes, over and over through the day. */
const dayLong = repeatTrace(indoors, {
  from: secondsAfter(STARTS_AT, 30),
  until: ENDS_AT,
  everySeconds: 80 * 60,
});
const RADIUS_METRES = 150;
const EDGE_METRES = 20;

/** The middle of the recording. */
const home = { lat: latitude(47.377912), lon: longitude(8.552859) };
const playground = offsetBy(home, -(RADIUS_METRES + EDGE_METRES), 0);

/**
 * Drifts, and must not alert: lives 20 m from the edge of an exclusion zone, and two in five of the
 * phone's fixes at home lie inside it. The order names the home as a place near the zone.
 */
export const RESIDENT_ZURICH: WorldWearer = {
  wearerId: 'W-104',
  name: 'Nina Keller',
  shows: "lives 20 m from a closed zone; two in five of the phone's fixes at home lie inside it",
  timeZone: 'Europe/Zurich',
  devices: [{ activationId: 'act-104', deviceSerial: 'PHONE-0104' }],
  zones: [
    {
      zoneId: 'playground-zurich',
      name: 'Playground, Zurich',
      kind: 'exclusion',
      shape: { type: 'Circle', centre: playground, radiusMetres: RADIUS_METRES },
    },
  ],
  timetables: [],
  order: {
    ...ORDER_DATES,
    orderId: 'order-104',
    type: 'bail',
    legalBasis: 'Bail condition 2',
    timeZone: 'Europe/Zurich',
    policeForce: 'metropolitan',
    policeKinds: ['exclusion-zone'],
    responsibleOfficer: 'officer-brandt',
    policyId: 'usual',
    conditions: [
      {
        conditionId: 'playground',
        kind: 'exclusion-zone',
        zoneId: 'playground-zurich',
        place: { label: 'home in Zurich', ...home, scatterMetres: 25 },
      },
    ],
  },
  events: gpsEvents('act-104', [dayLong], 'wifi'),
};
