import { compileSupervision } from '#domain/evaluate/compile-supervision.ts';
import type { SupervisionDocuments } from '#domain/evaluate/sources.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { Era, Timeline } from '#domain/evaluate/timeline.ts';
import type { CheckPlans } from '#domain/model/check-plan.ts';
import type { TimetableVersion, ZoneVersion } from '#domain/model/documents.ts';
import {
  agencyIdSchema,
  type OrderId,
  type TimetableId,
  timetableIdSchema,
  wearerIdSchema,
  type ZoneId,
  zoneIdSchema,
} from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { compileTimetable } from '#domain/time/compile-timetable.ts';
import { parseTimetable } from '#domain/time/timetable.ts';
import { NOTHING_STANDING, orderWith } from './orders.ts';
import { circle } from './zones.ts';

export const at = (iso: string): Instant => instant(Date.parse(iso));

export const WEARER = {
  agencyId: agencyIdSchema.parse('demo'),
  wearerId: wearerIdSchema.parse('w-1'),
};

/** A curfew address in London, and a school some way north of it. */
export const HOME = { label: 'home', lat: 51.5, lon: -0.1 };
export const SCHOOL = { lat: 51.51, lon: -0.1 };

const zone = (): ReadonlyMap<ZoneId, ZoneVersion> => {
  const zoneId = zoneIdSchema.parse('school');
  const value = { zoneId, name: 'School', kind: 'exclusion', zone: circle(SCHOOL) } as const;
  return new Map([[zoneId, { version: 1, value }]]);
};

/** A timetable of the same hours each day, London time. */
export const daily = (id: string, start: string, end: string): [TimetableId, TimetableVersion] => {
  const timetableId = timetableIdSchema.parse(id);
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const read = parseTimetable({
    timeZone: 'Europe/London',
    windows: [{ days, start, end }],
  });
  if (!read.ok) throw new Error('the test timetable is unsound');
  const compiled = compileTimetable(read.timetable, {
    fromAt: at('2026-01-01T00:00:00Z'),
    untilAt: at('2027-12-31T00:00:00Z'),
    tzdataVersion: 'test',
  });
  return [timetableId, { version: 1, value: { timetableId, name: id, compiled } }];
};

const CURFEW = { conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: HOME };
const ZONE = { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school' };

type More = Partial<SupervisionDocuments> & Readonly<{ checkPlans?: CheckPlans | null }>;

/** The school, and the night from 19:00 to 07:00. */
export const SHAPES = { zones: zone(), timetables: new Map([daily('night', '19:00', '07:00')]) };

/**
 * One wearer with the conditions asked for: a curfew from 19:00 to 07:00, and a school to keep
 * from. Nobody minds the device, unless the order says so: `{ deviceCare: {} }`.
 */
export const superviseWith = (
  conditions: readonly ('curfew' | 'zone')[] = ['curfew', 'zone'],
  order: Readonly<Record<string, unknown>> = {},
  { checkPlans = null, ...documents }: More = {},
): Supervision =>
  compileSupervision({
    wearer: WEARER,
    orders: [
      {
        version: 1,
        checkPlans,
        value: orderWith({
          ...NOTHING_STANDING,
          conditions: conditions.map((kind) => (kind === 'curfew' ? CURFEW : ZONE)),
          ...order,
        }),
      },
    ],
    ...SHAPES,
    activations: [
      activationSchema.parse({
        activationId: 'a-1',
        wearerId: 'w-1',
        headEndId: 'head-end',
        deviceSerial: 'T-1',
        startsAt: at('2026-01-01T00:00:00Z'),
        endsAt: null,
      }),
    ],
    ...documents,
  });

/** What was in force one after another, each from its instant on; the first always was. */
export const inForce = (
  first: Supervision,
  ...later: readonly (readonly [Instant, Supervision, ...OrderId[]])[]
): Timeline => {
  const eraFrom = (fromAt: Instant, supervision: Supervision, ended: readonly OrderId[]): Era => ({
    ...{ fromAt, supervision, endedOrders: new Set(ended) },
    key: `${supervision.key} ${fromAt}`,
  });
  const { wearer, key, activations } = later.at(-1)?.[1] ?? first;
  return {
    ...{ wearer, key, activations, fromAt: instant(0) },
    eras: [
      eraFrom(instant(0), first, []),
      ...later.map(([at, supervision, ...ended]) => eraFrom(at, supervision, ended)),
    ],
  };
};
