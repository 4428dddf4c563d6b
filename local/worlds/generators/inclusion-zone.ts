import { position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';
import { between } from '../chance.ts';
import type { OrderBody } from '../world.ts';
import type { MadeDay } from './made-day.ts';
import { fixesAlong, type Way } from './movement.ts';

const ORIGIN = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 4 * 3600);
/** 11:00 to 13:00 in London. */
const HOURS = { days: ['mon' as const], start: '11:00', end: '13:00' };
const HOURS_START_AT = secondsAfter(STARTS_AT, 3600);
const HOURS_END_AT = secondsAfter(STARTS_AT, 3 * 3600);
const RADIUS_METRES = 400;
const GRACE_SECONDS = 300;
const WALK_MPS = 1.3;

type Kind = 'inclusion-zone' | 'restriction-zone';
type Condition = Extract<OrderBody['conditions'][number], { kind: Kind }>;
type Asked = Readonly<{ seed: number; kind: Kind; way: Way; truth: MadeDay['truth'] }>;

const zoneDay = ({ seed, kind, way, truth }: Asked): MadeDay => {
  const condition: Condition = { conditionId: 'park', kind, zoneId: 'park', timetableId: 'hours' };
  return {
    ...{ rule: 'inclusion-zone', startsAt: STARTS_AT, endsAt: ENDS_AT, truth },
    zones: [
      {
        ...{ zoneId: 'park', name: 'Park' },
        kind: kind === 'inclusion-zone' ? 'inclusion' : 'restriction',
        shape: { type: 'Circle', centre: { ...ORIGIN }, radiusMetres: RADIUS_METRES },
      },
    ],
    timetables: [
      { timetableId: 'hours', name: 'hours', timeZone: 'Europe/London', windows: [HOURS] },
    ],
    order: { conditions: [condition] },
    events: fixesAlong({
      ...{ seed, origin: ORIGIN, way, from: STARTS_AT, until: ENDS_AT },
      ...{ everySeconds: 90, accuracyMetres: between(4, 12, seed, 1) },
    }),
  };
};

/** From one distance of the zone's middle to another and, where told, back. */
const walk = (
  [from, to]: readonly [number, number],
  setsOutAt: Instant,
  backAt: Instant | null = null,
): Way => {
  const seconds = Math.abs(to - from) / WALK_MPS;
  return [
    { at: setsOutAt, spot: { east: from, north: 0 } },
    { at: secondsAfter(setsOutAt, seconds), spot: { east: to, north: 0 } },
    ...(backAt === null
      ? []
      : [
          { at: backAt, spot: { east: to, north: 0 } },
          { at: secondsAfter(backAt, seconds), spot: { east: from, north: 0 } },
        ]),
  ];
};

const INSIDE = 100;
const OUTSIDE = 700;
const TO_EDGE_SECONDS = (RADIUS_METRES - INSIDE) / WALK_MPS;

const told = (reason: ViolationReason, at: Instant): MadeDay['truth'] => [
  {
    ...{ conditionId: 'park', reasons: [reason], withinSeconds: 900 },
    beganAt: secondsAfter(at, GRACE_SECONDS - 60),
  },
];

/** Leaves during the hours, for twenty minutes or more, and returns. */
export const leavesZone = (seed: number): MadeDay => {
  const setsOutAt = secondsAfter(HOURS_START_AT, between(600, 2400, seed, 10));
  const backAt = secondsAfter(setsOutAt, between(1800, 2400, seed, 11));
  const leftAt = secondsAfter(setsOutAt, TO_EDGE_SECONDS);
  const way = walk([INSIDE, OUTSIDE], setsOutAt, backAt);
  return zoneDay({ seed, kind: 'inclusion-zone', way, truth: told('left-inclusion-zone', leftAt) });
};

/** Is outside when the hours begin, and comes half an hour late. */
export const comesLate = (seed: number): MadeDay => {
  const setsOutAt = secondsAfter(HOURS_START_AT, between(1200, 2400, seed, 10));
  const truth = told('outside-when-it-began', HOURS_START_AT);
  const way = walk([OUTSIDE, INSIDE], setsOutAt);
  return zoneDay({ seed, kind: 'inclusion-zone', way, truth });
};

/** Comes in time, stays 60 m or more within, and leaves when the hours are over. */
export const staysWithin = (seed: number): MadeDay => {
  const deep = RADIUS_METRES - between(60, 300, seed, 12);
  const setsOutAt = secondsAfter(HOURS_START_AT, -between(900, 2000, seed, 10));
  const way = walk([OUTSIDE, deep], setsOutAt, secondsAfter(HOURS_END_AT, 300));
  return zoneDay({ seed, kind: 'inclusion-zone', way, truth: [] });
};

/** Leaves for less than the grace: out and in again at a run. */
export const stepsOut = (seed: number): MadeDay => {
  const at = secondsAfter(HOURS_START_AT, between(1200, 3600, seed, 10));
  const way: Way = [
    { at, spot: { east: RADIUS_METRES - 70, north: 0 } },
    { at: secondsAfter(at, 60), spot: { east: RADIUS_METRES + 70, north: 0 } },
    { at: secondsAfter(at, 120), spot: { east: RADIUS_METRES - 120, north: 0 } },
  ];
  return zoneDay({ seed, kind: 'inclusion-zone', way, truth: [] });
};

/** Goes into a restriction zone an hour or more before it opens. */
export const entersBeforeHours = (seed: number): MadeDay => {
  const setsOutAt = secondsAfter(STARTS_AT, between(0, 300, seed, 10));
  const way = walk([OUTSIDE, INSIDE], setsOutAt);
  const at = secondsAfter(setsOutAt, (OUTSIDE - RADIUS_METRES) / WALK_MPS);
  const backAt = HOURS_END_AT;
  const whole: Way = [
    ...way,
    { at: secondsAfter(backAt, -700), spot: { east: OUTSIDE, north: 0 } },
  ];
  return zoneDay({
    seed,
    kind: 'restriction-zone',
    way: whole,
    truth: told('in-restriction-zone', at),
  });
};

/** Is in a restriction zone while it is open, and goes on being there when it closes. */
export const staysTooLong = (seed: number): MadeDay => {
  const setsOutAt = secondsAfter(HOURS_START_AT, between(600, 2400, seed, 10));
  const way = walk([OUTSIDE, INSIDE], setsOutAt);
  const truth = told('stayed-in-restriction-zone', HOURS_END_AT);
  return zoneDay({ seed, kind: 'restriction-zone', way, truth });
};

/** Goes into a restriction zone while it is open, and leaves in time. */
export const keepsHours = (seed: number): MadeDay => {
  const setsOutAt = secondsAfter(HOURS_START_AT, between(60, 1800, seed, 10));
  const way = walk([OUTSIDE, INSIDE], setsOutAt, secondsAfter(HOURS_END_AT, -1200));
  return zoneDay({ seed, kind: 'restriction-zone', way, truth: [] });
};
