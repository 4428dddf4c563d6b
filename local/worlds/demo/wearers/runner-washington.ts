import { latitude, longitude, position } from '#domain/geo/position.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { moment } from '../../moment.ts';
import { mappedShape } from '../../track/mapped-shape.ts';
import { placeTrace } from '../../track/place-trace.ts';
import { retimeTrace, thinTrace } from '../../track/shape-trace.ts';
import { stay } from '../../track/stay.ts';
import { readTrace } from '../../track/trace.ts';
import type { WorldWearer } from '../../world.ts';
import { ENDS_AT, FIX_EVERY_SECONDS, ORDER_DATES, STARTS_AT } from '../day.ts';
import { gpsEvents } from '../gps-events.ts';

const everySeconds = FIX_EVERY_SECONDS;
const run = thinTrace(
  retimeTrace(readTrace('run-washington'), moment('2026-10-24T19:29:40-04:00')),
  everySeconds,
);
const leftAt = moment('2026-10-24T19:29:40-04:00');
/** The recording ends 570 m from where it began: the walk home is not on it, and is a gap. */
const backAt = secondsAfter(leftAt, 24 * 60);
const home = { lat: latitude(38.92747), lon: longitude(-77.02016) };
const still = placeTrace(readTrace('still-phone-outdoor'), home);

/** Two kilometres from the run: nobody goes there but whoever tries the system out. */
export const PROTECTED_HOME = position(38.945, -77.036);

/**
 * Enters an exclusion zone: the run goes along the edge of Banneker park for more than three
 * minutes, within the 50 m that the order keeps clear of it. On the way it passes a hospital
 * ground at 16 m, which is another zone, and no violation.
 */
export const RUNNER_WASHINGTON: WorldWearer = {
  wearerId: 'W-101',
  name: 'Daniel Okafor',
  shows: 'runs along a park that is closed to him, past a hospital ground that is too',
  timeZone: 'America/New_York',
  devices: [{ activationId: 'act-101', deviceSerial: 'TAG-0101' }],
  zones: [
    {
      zoneId: 'banneker',
      name: 'Banneker park',
      kind: 'exclusion',
      shape: mappedShape('dc-parks-and-recreation-areas-117'),
    },
    {
      zoneId: 'irving-street',
      name: '110 Irving Street hospital',
      kind: 'exclusion',
      shape: mappedShape('dc-hospital-areas-12'),
    },
    {
      zoneId: 'protected-home',
      name: 'Home of a protected person',
      kind: 'exclusion',
      shape: { type: 'Circle', centre: PROTECTED_HOME, radiusMetres: 150 },
    },
  ],
  timetables: [],
  order: {
    ...ORDER_DATES,
    orderId: 'order-101',
    type: 'post-release',
    legalBasis: 'Supervised release, condition 4',
    timeZone: 'America/New_York',
    riskLevel: 'high',
    powerOfArrest: 'yes',
    policeForce: 'metropolitan',
    policeKinds: ['exclusion-zone'],
    responsibleOfficer: 'officer-reid',
    policyId: 'usual',
    conditions: [
      {
        conditionId: 'banneker',
        kind: 'exclusion-zone',
        zoneId: 'banneker',
        bufferMetres: 50,
      },
      { conditionId: 'irving-street', kind: 'exclusion-zone', zoneId: 'irving-street' },
      // Somebody's safety is at stake: told at 90 %, which a single fix reaches, and the page
      // says so.
      {
        conditionId: 'protected-home',
        kind: 'exclusion-zone',
        zoneId: 'protected-home',
        certainty: 0.9,
      },
    ],
  },
  events: gpsEvents('act-101', [
    stay({ still, from: STARTS_AT, until: leftAt, everySeconds }),
    run,
    stay({ still, from: backAt, until: ENDS_AT, everySeconds }),
  ]),
};
