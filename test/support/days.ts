import fc from 'fast-check';
import { latitude } from '#domain/geo/position.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { conditionIdSchema } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { check, fix, status } from './events.ts';
import { HOME, SCHOOL, superviseWith } from './supervisions.ts';
import { BETWEEN, minute } from './walks.ts';
import { SCHOOLS, SCHOOLS_CONDITION } from './zone-lists.ts';

/** A home 60 m from the zone's edge, so that hardly any fix is far from trouble. */
export const NEXT_DOOR = { label: 'home', lat: 51.51 - 260 / 111_250, lon: -0.1 };
const NEXT_DOOR_CONDITIONS = [
  { conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: NEXT_DOOR },
  { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school', place: NEXT_DOOR },
  { conditionId: 'far', kind: 'exclusion-zone', zoneId: 'school', bufferMetres: 50 },
];
/** Orders that begin on the day before: there are no nights to go through before the first fix. */
const NEW = { startsAt: '2026-05-31T12:00:00Z' };
export const NEW_SUPERVISION = superviseWith(undefined, NEW);
export const NEXT_DOOR_SUPERVISION = superviseWith([], {
  ...NEW,
  conditions: NEXT_DOOR_CONDITIONS,
});

const appointment = (from: number, until: number) => ({
  from: new Date(minute(from)).toISOString(),
  until: new Date(minute(until)).toISOString(),
});

/** A curfew at either of two addresses, with a limit to the minutes of absence. */
export const LIMITED_SUPERVISION = superviseWith([], {
  ...NEW,
  conditions: [
    {
      ...{ conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: NEXT_DOOR },
      ...{ atvMinutes: 12, atvWarningShare: 0.5, atvDays: 1 },
      otherPlaces: [{ ...BETWEEN, label: "mother's", timetableId: 'night' }],
    },
  ],
});

/** A list of zones to keep from. */
const LIST_SUPERVISION = superviseWith(
  ['curfew'],
  { ...NEW, conditions: [{ ...SCHOOLS_CONDITION, bufferMetres: 60, place: HOME }] },
  { zoneLists: SCHOOLS },
);

/** A zone to stay within. */
const INSIDE_SUPERVISION = superviseWith([], {
  ...NEW,
  conditions: [
    { conditionId: 'stay', kind: 'inclusion-zone', zoneId: 'school', timetableId: 'night' },
  ],
});

/** A zone to be in at some hours only, and appointments at a place. */
const BOUND_SUPERVISION = superviseWith([], {
  ...NEW,
  conditions: [
    { conditionId: 'hours', kind: 'restriction-zone', zoneId: 'school', timetableId: 'night' },
    {
      ...{ conditionId: 'office', kind: 'mandatory-attendance', purpose: 'supervision' },
      place: { ...HOME, label: 'office' },
      appointments: [appointment(10, 40), appointment(60, 75), appointment(75.5, 120)],
    },
  ],
});

/** Beyond the school: whoever goes there from anywhere else goes through it. */
const BEYOND = { lat: 51.515, lon: -0.1 };
const spot = fc.constantFrom(HOME, NEXT_DOOR, NEXT_DOOR, NEXT_DOOR, BETWEEN, SCHOOL, BEYOND);
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
        const result = i % 2 === 0 ? 'absent' : 'present';
        if (hasChecks && i % 5 === 0) events.push(check(minute(n + 0.5), result));
      }
    }
    return events;
  });

/** The same conditions, and the device minded. */
const CARED_SUPERVISION = superviseWith([], {
  ...{ ...NEW, conditions: NEXT_DOOR_CONDITIONS, deviceCare: {} },
});

const askedAt = [5, 47, 95].map((n) => minute(n));
const PLAN = { fromAt: minute(0), untilAt: minute(10_000), askedAt };
/** The same conditions, early signs, and checks to answer: some of the home unit's count. */
const CHECKED_SUPERVISION = superviseWith(
  [],
  {
    ...NEW,
    conditions: [
      ...NEXT_DOOR_CONDITIONS,
      {
        ...{ conditionId: 'checks', kind: 'check-in', methods: ['home-unit'] },
        times: { kind: 'fixed', days: ['mon'], times: ['12:00'] },
      },
    ],
    // Numbers at which any day shows signs.
    earlySigns: {
      thresholds: { 'early-warning': { nearCount: 1, nearApartSeconds: 600, slowShare: 0.1 } },
    },
  },
  { checkPlans: { seed: '00'.repeat(32), plans: { [conditionIdSchema.parse('checks')]: PLAN } } },
);

const said = fc.record(
  {
    batteryPercent: fc.constantFrom(96, 60, 19, 9),
    battery: fc.constantFrom('good', 'low', 'critical'),
    charging: fc.boolean(),
    strap: fc.constantFrom('closed', 'open'),
    case: fc.constantFrom('closed', 'open'),
    homeUnitPlace: fc.constantFrom('in-place', 'moved'),
    motion: fc.constantFrom('moving', 'still'),
    reception: fc.constantFrom('clear', 'jammed', 'shielded'),
  },
  { requiredKeys: [] },
);
const FAR = { lat: 53.4, lon: -2.2 };

/** What else befalls a device on a day: what it says of itself, late uploads, jumps. */
const mishap = fc.record({
  /** After which of the day's events, counted round. */
  after: fc.nat(200),
  said: fc.option(said),
  jumps: fc.constantFrom(0, 0, 1, 2, 6),
  lateMinutes: fc.constantFrom(0, 0, 4, 30, 90),
  lates: fc.integer({ min: 1, max: 40 }),
});

const withMishap = (
  events: readonly DeviceEvent[],
  {
    after,
    said: fields,
    jumps,
    lateMinutes,
    lates,
  }: typeof mishap extends fc.Arbitrary<infer V> ? V : never,
): DeviceEvent[] => {
  const i = after % events.length;
  const at = events[i]?.recordedAt ?? minute(0);
  const jumped = Array.from({ length: jumps }, (_, n) => fix(secondsAfter(at, 7 + 11 * n), FAR));
  const told = fields === null ? [] : [status(secondsAfter(at, 3), fields)];
  const late = events.slice(i, i + lates).map((event) => {
    const receivedAt = secondsAfter(event.receivedAt, lateMinutes * 60);
    return { ...event, receivedAt };
  });
  return [...events.slice(0, i), ...late, ...events.slice(i + lates), ...told, ...jumped].sort(
    (a, b) => a.recordedAt - b.recordedAt,
  );
};

/** Such days with all that can befall a device. */
const caredDay = fc
  .tuple(day, fc.array(mishap, { maxLength: 6 }))
  .map(([events, mishaps]) => mishaps.reduce<DeviceEvent[]>(withMishap, events));

const NORTH_DEGREES = 40 / 111_250;
/** Such days 40 m further north, where fixes at home often lie in the zone. */
const besideDay = caredDay.map((events) =>
  events.map((event) =>
    event.kind === 'fix' ? { ...event, lat: latitude(event.lat + NORTH_DEGREES) } : event,
  ),
);
const BESIDE = { ...NEXT_DOOR, lat: NEXT_DOOR.lat + NORTH_DEGREES, scatterMetres: 30 };
/** Somebody who lives 20 m from the zone, in its buffer. */
const BESIDE_SUPERVISION = superviseWith([], {
  ...{ ...NEW, deviceCare: {} },
  conditions: [
    { conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: BESIDE },
    ...[0, 50].map((bufferMetres) => ({
      ...{ conditionId: `school-${bufferMetres}`, kind: 'exclusion-zone', zoneId: 'school' },
      ...{ place: BESIDE, bufferMetres },
    })),
  ],
});

/** Days, and by what somebody who lives them is supervised: every rule judges in some of them. */
export const LIVED = [
  ['given days of every kind of fix, check and gap', NEXT_DOOR_SUPERVISION, day],
  ['given such days of somebody who lives far from the zone', NEW_SUPERVISION, day],
  ['given such days of somebody who lives beside it', BESIDE_SUPERVISION, besideDay],
  ['given days with absences that add up', LIMITED_SUPERVISION, day],
  ['given days about a list of zones', LIST_SUPERVISION, day],
  ['given days with a zone to stay within', INSIDE_SUPERVISION, day],
  ['given days with hours and appointments to keep', BOUND_SUPERVISION, day],
  ['given days with checks to answer', CHECKED_SUPERVISION, day],
  ['given days on which anything may befall a device that is minded', CARED_SUPERVISION, caredDay],
] as const;
