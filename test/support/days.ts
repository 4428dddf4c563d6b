import fc from 'fast-check';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { check, fix } from './events.ts';
import { HOME, SCHOOL, superviseWith } from './supervisions.ts';
import { BETWEEN, minute } from './walks.ts';

/** A home 60 m from the zone's edge, so that hardly any fix is far from trouble. */
const NEXT_DOOR = { label: 'home', lat: 51.51 - 260 / 111_250, lon: -0.1 };
export const NEXT_DOOR_SUPERVISION = superviseWith([], {
  conditions: [
    { conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: NEXT_DOOR },
    { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school', place: NEXT_DOOR },
    { conditionId: 'far', kind: 'exclusion-zone', zoneId: 'school', bufferMetres: 50 },
  ],
});

const spot = fc.constantFrom(HOME, NEXT_DOOR, NEXT_DOOR, NEXT_DOOR, BETWEEN, SCHOOL);
const stage = fc.record({
  spot,
  minutes: fc.integer({ min: 1, max: 25 }),
  motion: fc.constantFrom('unknown', 'still', 'moving'),
  homeUnit: fc.constantFrom('unknown', 'seen', 'not-seen'),
  accuracyMetres: fc.constantFrom(4, 9, 15, 28, 55, 200, null),
  gapMinutes: fc.constantFrom(0, 0, 0, 5, 14, 45),
  source: fc.constantFrom('gnss', 'gnss', 'wifi', 'cell'),
  hasChecks: fc.boolean(),
});

/** Days of every kind of fix, check and gap, at home beside the zone, elsewhere and inside. */
export const day = fc
  .tuple(fc.array(stage, { minLength: 2, maxLength: 8 }), fc.integer({ min: 1, max: 1e6 }))
  .map(([stages, seed]) => {
    const events: DeviceEvent[] = [];
    let n = 0;
    for (const { spot: at, minutes, gapMinutes, hasChecks, ...fields } of stages) {
      n += gapMinutes;
      for (let i = 0; i < minutes; i += 1, n += 1) {
        const lat = at.lat + (Math.sin(n * 2.4 + seed) * (fields.accuracyMetres ?? 12)) / 111_250;
        const lon = at.lon + (Math.cos(n * 1.7 + seed) * (fields.accuracyMetres ?? 12)) / 69_400;
        events.push(fix(minute(n), { lat, lon }, fields));
        if (hasChecks && i % 5 === 0) events.push(check(minute(n + 0.5), 'absent'));
      }
    }
    return events;
  });
