import { latitude, longitude } from '#domain/geo/position.ts';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { moment } from '../../moment.ts';
import type { EventBody, WorldWearer } from '../../world.ts';
import { ENDS_AT, EVERY_DAY, ORDER_DATES, STARTS_AT } from '../day.ts';

const CHECK_EVERY_SECONDS = 300;
const wentAt = moment('2026-10-24T23:28:00+02:00');
const backAt = moment('2026-10-25T00:17:00+02:00');
/** One check that the unit missed, hours before: no more than a check that the unit missed. */
const missedAt = moment('2026-10-24T21:10:00+02:00');

const resultAt = (at: Instant): 'present' | 'absent' => {
  const isAway = (at >= wentAt && at < backAt) || at === missedAt;
  return isAway ? 'absent' : 'present';
};

const checks = (): EventBody[] => {
  const found: EventBody[] = [];
  for (let at = STARTS_AT; at < ENDS_AT; at = secondsAfter(at, CHECK_EVERY_SECONDS)) {
    found.push({
      kind: 'check',
      activationId: 'act-103',
      sequence: found.length,
      recordedAt: toIso(at),
      method: 'home-unit',
      result: resultAt(at),
    });
  }
  return found;
};

/**
 * Is absent at checks of a home unit, which are all there is: no GPS. Leaves during the curfew
 * for three quarters of an hour; the third absence makes it certain. Earlier in the evening a
 * single check is missed, and is no violation.
 */
export const RESIDENT_VIENNA: WorldWearer = {
  wearerId: 'W-103',
  name: 'Eva Novak',
  shows: 'is absent at the checks of a home unit; hours before, one check is missed',
  timeZone: 'Europe/Vienna',
  devices: [{ activationId: 'act-103', deviceSerial: 'UNIT-0103' }],
  zones: [],
  timetables: [
    {
      timetableId: 'night-vienna',
      name: 'Nights, Vienna',
      timeZone: 'Europe/Vienna',
      windows: [{ days: [...EVERY_DAY], start: '20:00', end: '06:00' }],
    },
  ],
  order: {
    ...ORDER_DATES,
    orderId: 'order-103',
    type: 'home-detention-curfew',
    legalBasis: 'Home detention curfew licence',
    timeZone: 'Europe/Vienna',
    responsibleOfficer: 'officer-brandt',
    policyId: 'usual',
    reportingIntervalSeconds: CHECK_EVERY_SECONDS,
    conditions: [
      {
        conditionId: 'curfew',
        kind: 'curfew',
        timetableId: 'night-vienna',
        place: { label: 'home in Vienna', lat: latitude(48.2), lon: longitude(16.37) },
      },
    ],
  },
  events: checks(),
};
