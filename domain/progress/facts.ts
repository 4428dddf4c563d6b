import type { Disposition } from '../model/closing.ts';
import type { ConditionId, OrderId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { Violation } from '../model/violation.ts';
import type { Period } from '../response/wearer-days.ts';
import type { ActiveInterval } from '../time/interval-sets.ts';

/** For how long a watch said one thing. */
export type Said = Readonly<{
  startAt: Instant;
  endAt: Instant;
  verdict: 'violated' | 'satisfied' | 'not-applicable' | 'undetermined';
  reason: string;
}>;

/** The rules whose every word is gone through: success is what they say when nothing happens. */
export const MEASURED_RULES = ['curfew-absence', 'mandatory-attendance', 'check-missed'] as const;
export type MeasuredRule = (typeof MEASURED_RULES)[number];

/** A check that was planned, and until when it could be passed. */
export type PlannedCheck = Readonly<{ askedAt: Instant; expiresAt: Instant }>;

/** One condition, and what was said of it through a stretch of time. */
export type Followed = Readonly<{
  conditionId: ConditionId;
  rule: MeasuredRule;
  /** When it bound the wearer, and when it would have but for a permission; each in order. */
  hours: readonly ActiveInterval[];
  permitted: readonly ActiveInterval[];
  said: readonly Said[];
  /** Of appointments: how long a stay keeps one, seconds. */
  leastStaySeconds: number;
  checks: readonly PlannedCheck[];
}>;

/** A violation on record, and how a person closed its alert; null: nobody has. */
export type Found = Readonly<{ disposition: Disposition | null }> &
  Pick<
    Violation,
    'violationId' | 'conditionId' | 'reason' | 'status' | 'openedAt' | 'endedAt' | 'endReason'
  >;

/** An order, by its dates. */
export type OrderDates = Readonly<{
  orderId: OrderId;
  startsAt: Instant;
  endsAt: Instant | null;
}>;

/** What absences from a curfew had added up to when the period ended, minutes. */
export type AddedUp = Readonly<{
  conditionId: ConditionId;
  usedMinutes: number;
  limitMinutes: number;
}>;

/** Everything that progress is measured by. */
export type ProgressFacts = Readonly<{
  period: Period;
  /** Our clock: what ends later is still ahead. */
  now: Instant;
  /** IANA zone in which days begin. */
  timeZone: string;
  orders: readonly OrderDates[];
  followed: readonly Followed[];
  violations: readonly Found[];
  /** When an officer began enforcement, and has not taken it back. */
  breaches: readonly Readonly<{ orderId: OrderId; at: Instant }>[];
  /** When something of a device, not older than three reporting intervals, was there to go by. */
  seen: readonly ActiveInterval[];
  addedUp: readonly AddedUp[];
}>;
