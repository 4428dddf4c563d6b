import { planChecks } from '#domain/checks/plan-checks.ts';
import { compilePair, compileSupervision } from '#domain/evaluate/compile-supervision.ts';
import type { SupervisionDocuments } from '#domain/evaluate/sources.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { OrderVersion, TimetableVersion, ZoneVersion } from '#domain/model/documents.ts';
import {
  type TimetableId,
  timetableIdSchema,
  type WearerId,
  type ZoneId,
  zoneIdSchema,
} from '#domain/model/ids.ts';
import { DAY_SECONDS, secondsAfter } from '#domain/model/instant.ts';
import type { Order } from '#domain/model/order.ts';
import { pairOf as joined, otherIn } from '#domain/model/pair.ts';
import { permissionSchema } from '#domain/model/permission.ts';
import { type ThresholdPolicy, thresholdPolicySchema } from '#domain/model/threshold-policy.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { compileTimetable } from '#domain/time/compile-timetable.ts';
import { parseTimetable } from '#domain/time/timetable.ts';
import type { MadeDay } from '#local/worlds/generators/made-day.ts';
import type { TimetableBody, ZoneBody } from '#local/worlds/world.ts';
import { NOTHING_STANDING, orderWith } from './orders.ts';
import { WEARER } from './supervisions.ts';
import { zoneOfShape } from './zones.ts';

const zoneOf = ({ shape, ...label }: ZoneBody): [ZoneId, ZoneVersion] => {
  const zoneId = zoneIdSchema.parse(label.zoneId);
  const { name, kind } = label;
  return [zoneId, { version: 1, value: { zoneId, name, kind, zone: zoneOfShape(shape) } }];
};

const timetableOf = (
  { timetableId: id, name, ...hours }: TimetableBody,
  { startsAt, endsAt }: MadeDay,
): [TimetableId, TimetableVersion] => {
  const read = parseTimetable(hours);
  if (!read.ok) throw new Error(`timetable ${id} of a made day is unsound`);
  const timetableId = timetableIdSchema.parse(id);
  const compiled = compileTimetable(read.timetable, {
    fromAt: secondsAfter(startsAt, -40 * DAY_SECONDS),
    untilAt: secondsAfter(endsAt, 40 * DAY_SECONDS),
    tzdataVersion: 'test',
  });
  return [timetableId, { version: 1, value: { timetableId, name, compiled } }];
};

/** The devices of a made day, as activations a-1, a-2, ... */
const activationsOf = ({ devices, startsAt }: MadeDay) => {
  const whole = { startsAt: secondsAfter(startsAt, -30 * DAY_SECONDS), endsAt: null };
  return (devices ?? [whole]).map((dates, i) =>
    activationSchema.parse({
      activationId: `a-${i + 1}`,
      wearerId: WEARER.wearerId,
      headEndId: 'head-end',
      deviceSerial: `T-${i + 1}`,
      ...dates,
    }),
  );
};

/** Checks of a made day, planned when it begins. */
const checkPlansOf = (order: Order, { startsAt, endsAt }: MadeDay) => {
  const untilAt = secondsAfter(endsAt, 40 * DAY_SECONDS);
  const newSeed = '5e'.repeat(32);
  return planChecks({ order, before: null, newSeed, now: startsAt, untilAt });
};

const orderOf = (day: MadeDay): OrderVersion => {
  const value = orderWith({
    ...NOTHING_STANDING,
    startsAt: new Date(secondsAfter(day.startsAt, -30 * DAY_SECONDS)).toISOString(),
    ...day.order,
  });
  return { version: 1, value, checkPlans: checkPlansOf(value, day) };
};

type Numbers = ThresholdPolicy['thresholds'];

const policyOf = (thresholds: Numbers) => ({
  version: 1,
  value: thresholdPolicySchema.parse({
    ...{ thresholdPolicyId: 'policy', legalBasis: 'test', thresholds },
  }),
});

const documentsOf = (day: MadeDay, thresholds: Numbers): SupervisionDocuments => ({
  wearer: WEARER,
  orders: [orderOf(day)],
  thresholdPolicies: new Map([[orderOf(day).value.orderId, policyOf(thresholds)]]),
  zones: new Map((day.zones ?? []).map(zoneOf)),
  timetables: new Map((day.timetables ?? []).map((body) => timetableOf(body, day))),
  activations: activationsOf(day),
  permissions: (day.permissions ?? []).map((body) => ({
    ...{ version: 1, value: permissionSchema.parse(body) },
  })),
});

/** The second device of a day that joins two people is the other's. */
const pairOf = (documents: SupervisionDocuments, other: WearerId): Supervision => {
  const { agencyId, wearerId } = WEARER;
  const [first, second] = documents.activations;
  if (first === undefined || second === undefined) throw new Error('a pair has two devices');
  const theirs = { ...second, wearerId: other };
  const { pairId, members } = joined(wearerId, other);
  return compilePair({ agencyId, wearerId: pairId, members }, [
    { ...documents, activations: [first] },
    { ...documents, wearer: { agencyId, wearerId: other }, orders: [], activations: [theirs] },
  ]);
};

/** What is watched on a made day, as the product compiles it; by an agency's numbers. */
export const superviseMadeDay = (day: MadeDay, thresholds: Numbers = {}): Supervision => {
  const documents = documentsOf(day, thresholds);
  const conditions = documents.orders.flatMap(({ value }) => value.conditions);
  const other = conditions.map(otherIn).find((id) => id !== null) ?? null;
  return other === null ? compileSupervision(documents) : pairOf(documents, other);
};
