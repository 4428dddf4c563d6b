import { type Position, position } from '#domain/geo/position.ts';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between } from '../chance.ts';
import type { PermissionBody, TimetableBody, ZoneBody } from '../world.ts';
import type { MadeDay, MadeEvent } from './made-day.ts';
import { fixesAlong, type Way } from './movement.ts';

export const ORIGIN: Position = position(51.5, -0.1);
export const STARTS_AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 3 * 3600);
export const RADIUS_METRES = 150;
export const BUFFER_METRES = 200;
const WALK_MPS = 1.3;

type Asked = Readonly<{
  seed: number;
  way: Way;
  truth: MadeDay['truth'];
  bufferMetres?: number;
  timetable?: TimetableBody;
  permissions?: readonly PermissionBody[];
  shape?: ZoneBody['shape'];
  /** Takes fixes away, or puts others in their place. */
  seen?: (event: MadeEvent) => MadeEvent | null;
}>;

const CIRCLE: ZoneBody['shape'] = {
  ...{ type: 'Circle', centre: { ...ORIGIN }, radiusMetres: RADIUS_METRES },
};

/** A morning with one zone, as somebody on a way lives it. */
export const zoneDay = (asked: Asked): MadeDay => {
  const { seed, way, truth, bufferMetres = 0, timetable, permissions = [], seen } = asked;
  const events = fixesAlong({
    ...{ seed, origin: ORIGIN, way, from: STARTS_AT, until: ENDS_AT },
    ...{ everySeconds: 60, accuracyMetres: between(4, 12, seed, 1) },
  });
  const hours = timetable === undefined ? {} : { timetableId: timetable.timetableId };
  return {
    ...{ rule: 'exclusion-zone', startsAt: STARTS_AT, endsAt: ENDS_AT, truth, permissions },
    zones: [
      {
        ...{ zoneId: 'school', name: 'School', kind: 'exclusion' },
        shape: asked.shape ?? CIRCLE,
      },
    ],
    timetables: timetable === undefined ? [] : [timetable],
    order: {
      conditions: [
        {
          ...{ conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' },
          ...{ bufferMetres, ...hours },
        },
      ],
    },
    events: seen === undefined ? events : events.flatMap((event) => seen(event) ?? []),
  };
};

type Visit = Readonly<{ way: Way; setsOutAt: Instant; thereAt: Instant; leavesAt: Instant }>;

/** From 900 m east of the zone's middle to so many metres short of it, for a while, and back. */
const visit = (seed: number, shortMetres: number): Visit => {
  const setsOutAt = secondsAfter(STARTS_AT, between(600, 2400, seed, 10));
  const seconds = (900 - shortMetres) / WALK_MPS;
  const thereAt = secondsAfter(setsOutAt, seconds);
  const leavesAt = secondsAfter(thereAt, between(900, 1800, seed, 12));
  return {
    ...{ setsOutAt, thereAt, leavesAt },
    way: [
      { at: setsOutAt, spot: { east: 900, north: 0 } },
      { at: thereAt, spot: { east: shortMetres, north: 0 } },
      { at: leavesAt, spot: { east: shortMetres, north: 0 } },
      { at: secondsAfter(leavesAt, seconds), spot: { east: 900, north: 0 } },
    ],
  };
};

/** When somebody on a visit comes within so many metres of the zone's middle. */
const within = ({ setsOutAt }: Visit, metres: number): Instant =>
  secondsAfter(setsOutAt, (900 - metres) / WALK_MPS);

const found = (
  reason: 'inside-zone' | 'inside-buffer' | 'inside-when-it-closed',
  at: Instant,
): MadeDay['truth'][number] => ({
  ...{ conditionId: 'school', reasons: [reason], withinSeconds: 420 },
  beganAt: secondsAfter(at, -60),
});

/** Comes into the buffer, 60 m or more short of the zone, stays a while, and leaves. */
export const entersBuffer = (seed: number): MadeDay => {
  const made = visit(seed, RADIUS_METRES + between(60, BUFFER_METRES - 60, seed, 11));
  const { way } = made;
  const truth = [found('inside-buffer', within(made, RADIUS_METRES + BUFFER_METRES))];
  return zoneDay({ seed, way, bufferMetres: BUFFER_METRES, truth });
};

/** Comes through the buffer into the zone, and leaves again: one warning, one alert. */
export const entersThroughBuffer = (seed: number): MadeDay => {
  const made = visit(seed, between(0, RADIUS_METRES - 60, seed, 11));
  const truth = [
    found('inside-buffer', within(made, RADIUS_METRES + BUFFER_METRES)),
    found('inside-zone', within(made, RADIUS_METRES)),
  ];
  return zoneDay({ seed, way: made.way, bufferMetres: BUFFER_METRES, truth });
};

const localTime = (at: Instant): string => toIso(secondsAfter(at, 3600)).slice(11, 16);
const minuteOf = (at: Instant): Instant => instant(Math.floor(at / 60_000) * 60_000);

/** Goes into the zone while it is open, and is still there when its hours begin. */
export const isInsideWhenItCloses = (seed: number): MadeDay => {
  const { way, thereAt } = visit(seed, between(0, RADIUS_METRES - 60, seed, 11));
  const closesAt = minuteOf(secondsAfter(thereAt, 480));
  const timetable: TimetableBody = {
    ...{ timetableId: 'closed', name: 'closed', timeZone: 'Europe/London' },
    windows: [{ days: ['mon'], start: localTime(closesAt), end: '23:00' }],
  };
  return zoneDay({ seed, way, timetable, truth: [found('inside-when-it-closed', closesAt)] });
};

const permitted = (from: Instant, until: Instant): PermissionBody => ({
  ...{ permissionId: 'p-1', reason: 'court', grantedBy: 'officer' },
  ...{ from: toIso(from), until: toIso(until) },
});

/** Goes to court, which lies in the zone, with a permission for as long as it takes. */
export const isLetIn = (seed: number): MadeDay => {
  const { way, setsOutAt, leavesAt } = visit(seed, between(0, RADIUS_METRES - 60, seed, 11));
  const permissions = [permitted(setsOutAt, secondsAfter(leavesAt, 1_200))];
  return zoneDay({ seed, way, permissions, truth: [] });
};

/** Has a permission that ends while they are still there. */
export const overstays = (seed: number): MadeDay => {
  const { way, setsOutAt, thereAt } = visit(seed, between(0, RADIUS_METRES - 60, seed, 11));
  const until = secondsAfter(thereAt, 480);
  const permissions = [permitted(setsOutAt, until)];
  return zoneDay({ seed, way, permissions, truth: [found('inside-when-it-closed', until)] });
};

/** Drives by at 6.5 to 8 m/s, so many metres north of the zone's middle, between two fixes. */
const drive = (seed: number, north: number): Readonly<{ way: Way; middleAt: Instant }> => {
  const speed = between(6.5, 8, seed, 20);
  const middleAt = secondsAfter(STARTS_AT, 60 * Math.floor(between(20, 60, seed, 21)) + 30);
  const at = (metres: number): Instant => secondsAfter(middleAt, metres / speed);
  return {
    middleAt,
    way: [
      { at: at(-4_000), spot: { east: -4_000, north } },
      { at: at(4_000), spot: { east: 4_000, north } },
    ],
  };
};

/** Drives right through the zone as a city's traffic goes; no fix is taken in it. */
export const drivesThrough = (seed: number): MadeDay => {
  const { way, middleAt } = drive(seed, between(-15, 15, seed, 22));
  return zoneDay({
    ...{ seed, way },
    truth: [
      {
        ...{ conditionId: 'school', reasons: ['passed-through'], withinSeconds: 300 },
        beganAt: secondsAfter(middleAt, -30),
      },
    ],
  });
};

/** Drives past, 30 m or more off the zone's edge. */
export const drivesPast = (seed: number): MadeDay => {
  const { way } = drive(seed, RADIUS_METRES + between(30, 150, seed, 22));
  return zoneDay({ seed, way, truth: [] });
};

/** Drives through unseen: there is no fix for six minutes or more, so nobody can say which way. */
export const drivesUnseen = (seed: number): MadeDay => {
  const { way, middleAt } = drive(seed, 0);
  const isNear = (event: MadeEvent) => Math.abs(Date.parse(event.recordedAt) - middleAt) < 200_000;
  return zoneDay({ seed, way, truth: [], seen: (event) => (isNear(event) ? null : event) });
};

/** Stays 400 m off, and once seems to be on the other side for a single fix. */
export const straysOnce = (seed: number): MadeDay => {
  const strayAt = secondsAfter(STARTS_AT, 60 * Math.floor(between(20, 150, seed, 21)));
  const seen = (event: MadeEvent): MadeEvent =>
    event.kind === 'fix' && event.recordedAt === toIso(strayAt)
      ? { ...event, motion: 'unknown', lon: 2 * ORIGIN.lon - event.lon }
      : event;
  const way: Way = [{ at: STARTS_AT, spot: { east: 400, north: 0 } }];
  return zoneDay({ seed, way, truth: [], seen });
};
