import type { Instant } from '#domain/model/instant.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';
import type { RuleName } from '#domain/model/rule-name.ts';
import type { EventBody, OrderBody, PermissionBody, TimetableBody, ZoneBody } from '../world.ts';

/** Something that truly happens on a made day, and that the rule must find, once. */
export type Truth = Readonly<{
  conditionId: string;
  /** What may be said of it. */
  reasons: readonly [ViolationReason, ...ViolationReason[]];
  /** Nothing may be found before. */
  beganAt: Instant;
  /**
   * How long after `beganAt` it is found at the latest, with grace and dwell, where every event
   * comes as soon as it is recorded. What an upload takes is added by whoever measures.
   */
  withinSeconds: number;
}>;

type Own<E> = E extends unknown ? Omit<E, 'activationId' | 'sequence'> : never;

/** An event as a device says it; who sends it adds the activation and numbers it. */
export type MadeEvent = Own<EventBody> &
  Readonly<{
    /** Which of the day's devices says it, from 0: absent, the first. */
    device?: number;
    /** When it reaches us; absent: with the next upload. */
    receivedAt?: Instant;
  }>;

export type MadeActivation = Readonly<{ startsAt: Instant; endsAt: Instant | null }>;

/** A stretch of a wearer's life that was made up, so that what truly happened is known. */
export type MadeDay = Readonly<{
  /** The rule that the truth speaks of; what others find on the day is not compared. */
  rule: RuleName;
  startsAt: Instant;
  endsAt: Instant;
  zones?: readonly ZoneBody[];
  timetables?: readonly TimetableBody[];
  permissions?: readonly PermissionBody[];
  /** What the order says that matters here; the rest is as usual. */
  order: Partial<OrderBody> & Pick<OrderBody, 'conditions'>;
  /** Devices on the wearer, each with its time; absent: one, the whole day and before. */
  devices?: readonly MadeActivation[];
  events: readonly MadeEvent[];
  /** Empty on a day of near misses. */
  truth: readonly Truth[];
}>;
