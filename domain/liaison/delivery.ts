import { type Instant, isoInstantSchema, secondsAfter, secondsBetween } from '../model/instant.ts';
import type { Liaison } from '../model/liaison.ts';
import type { LiaisonEvent } from './event.ts';

/** Why an event of a feed is not sent, though it stands there to be fetched. */
export type WhyNotDelivered =
  | 'fetched'
  | 'fetched-only'
  | 'expired'
  | 'response-withdrawn'
  | 'no-exercise-address';

type Standing = Readonly<{ event: LiaisonEvent; acknowledgedAt: Instant | null }>;

/**
 * Why an event that waits for its delivery is not sent any more; null: it is. What is not real goes
 * to no address that was given for what is.
 */
export const whyNotDelivered = (
  { event, acknowledgedAt }: Standing,
  { delivery, responseWithdrawn }: Pick<Liaison, 'delivery' | 'responseWithdrawn'>,
  now: Instant,
): WhyNotDelivered | null => {
  if (responseWithdrawn !== null) return 'response-withdrawn';
  if (acknowledgedAt !== null) return 'fetched';
  if (delivery.by === 'pull') return 'fetched-only';
  if (now >= isoInstantSchema.parse(event.expiresAt)) return 'expired';
  const isHttps = delivery.by === 'https';
  return isHttps && event.status !== 'Actual' && delivery.exerciseUrl === null
    ? 'no-exercise-address'
    : null;
};

const SHORTEST_REST_SECONDS = 5;
const LONGEST_REST_SECONDS = 60;

/** How long a liaison that took nothing for the nth time is left alone: twice as long each time. */
export const restSeconds = (failures: number): number =>
  Math.min(SHORTEST_REST_SECONDS * 2 ** Math.min(failures, 10), LONGEST_REST_SECONDS);

/** A restart of a control room's system is over by then; and longer than that people must know. */
const TOLD_AFTER_SECONDS = 300;

/** Whether the agency is to be told that nothing gets through to a liaison, once in an outage. */
export const isToBeTold = (
  { failingSinceAt, toldAt }: Readonly<{ failingSinceAt: Instant | null; toldAt: Instant | null }>,
  now: Instant,
): boolean =>
  toldAt === null &&
  failingSinceAt !== null &&
  secondsBetween(failingSinceAt, now) >= TOLD_AFTER_SECONDS;

/** Until when it is left alone. */
export const restsUntil = (failures: number, now: Instant): Instant =>
  secondsAfter(now, restSeconds(failures));
