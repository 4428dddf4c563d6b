import { isToBeTold, restsUntil, whyNotDelivered } from '#domain/liaison/delivery.ts';
import { type Instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { DeliveryTrouble, DeliveryTroublePut } from '../adapters/dynamodb/delivery-trouble.ts';
import type { FeedDeliveries, FeedDelivery } from '../adapters/dynamodb/feed-deliveries.ts';
import type { DeliveryOutcome, FeedEvent } from '../adapters/dynamodb/liaison-feed-items.ts';
import type { FeedOf } from '../adapters/dynamodb/liaison-feed-keys.ts';
import type { LiaisonFeeds } from '../adapters/dynamodb/liaison-feeds.ts';
import type { Liaisons } from '../adapters/dynamodb/liaisons.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import { NeverAccepted } from '../adapters/sns/publisher.ts';
import type { DeliveryMessage } from '../adapters/sqs/messages.ts';
import type { Queue } from '../adapters/sqs/queue.ts';
import type { DeliverEvent } from './deliver-event.ts';

export type FeedDeps = Readonly<{
  now: Clock;
  telemetry: Telemetry;
  feeds: Pick<LiaisonFeeds, 'after' | 'find'>;
  feedDeliveries: FeedDeliveries;
  loadLiaison: Liaisons['load'];
  deliveryTroublePut: DeliveryTroublePut;
  deliveries: Pick<Queue, 'sendAll' | 'sendLater'>;
  deliver: DeliverEvent;
}>;

const EVENTS_AT_ONCE = 25;
/** Another run goes on behind it, before this one is cut off. */
const LONGEST_RUN_SECONDS = 15;

type Lease = Readonly<{ feed: FeedOf; taken: FeedDelivery; liaison: Liaison; stopAt: Instant }>;

/** Hands one event over, unless it need not be. Throws what another try may mend. */
const outcomeOf = async (
  { now, deliver }: FeedDeps,
  one: FeedEvent,
  liaison: Liaison,
): Promise<DeliveryOutcome> => {
  const why = whyNotDelivered(one, liaison, now());
  if (why !== null) return { is: 'not-sent', detail: why, at: now() };
  try {
    const providerId = await deliver(one, liaison);
    return { is: 'delivered', detail: providerId, at: now() };
  } catch (error) {
    // Record what it will never take; the feed goes on, and the event can be fetched.
    if (!(error instanceof NeverAccepted)) throw error;
    return { is: 'refused', detail: error.message, at: now() };
  }
};

const messageOf = (
  { liaisonId, name }: Liaison,
  trouble: Omit<DeliveryTrouble, 'about' | 'liaisonId' | 'name'>,
): DeliveryTrouble => ({ about: 'liaison-delivery', liaisonId, name, ...trouble });

/** What the duty manager hears with an event: that it was refused, or that all is well again. */
const messagesWith = (
  { deliveryTroublePut }: FeedDeps,
  { feed, taken, liaison }: Lease,
  { outcome, one }: Readonly<{ outcome: DeliveryOutcome; one: FeedEvent }>,
) => {
  const { at: createdAt } = outcome;
  const { toldAt, failingSinceAt } = taken;
  const { eventId } = one.event;
  const since = failingSinceAt ?? createdAt;
  const back = { trouble: 'reachable-again', eventId: null, since } as const;
  const refused = { trouble: 'refused', eventId, since: createdAt } as const;
  return [
    ...(toldAt !== null && outcome.is !== 'not-sent' ? [{ ...back, createdAt }] : []),
    ...(outcome.is === 'refused' ? [{ ...refused, createdAt }] : []),
  ].map((trouble) => deliveryTroublePut(feed, messageOf(liaison, trouble)));
};

const report = (
  { telemetry }: FeedDeps,
  { feed }: Lease,
  { one, outcome }: Readonly<{ one: FeedEvent; outcome: DeliveryOutcome }>,
): void => {
  const { log, measure } = telemetry;
  const ids = { ...feed, eventId: one.event.eventId };
  if (outcome.is === 'delivered') {
    measure('eventsDelivered', 1);
    measure('eventToDeliverySeconds', secondsBetween(one.appendedAt, outcome.at));
    log.info('event delivered', ids);
  } else if (outcome.is === 'refused') {
    measure('eventsRefused', 1);
    log.error('event refused', { ...ids, reason: outcome.detail });
  } else {
    log.info('event not sent', { ...ids, reason: outcome.detail });
  }
};

/** The liaison takes nothing now: its feed rests, and after a while people here are told. */
const rest = async (deps: FeedDeps, lease: Lease, error: unknown): Promise<void> => {
  const { feed, taken, liaison } = lease;
  const { feedDeliveries, deliveries, telemetry, deliveryTroublePut } = deps;
  const now = deps.now();
  const untilAt = restsUntil(taken.failures, now);
  telemetry.measure('deliveriesPutOff', 1);
  telemetry.log.warn('delivery put off', { ...feed, error: errorName(error) });
  if (!(await feedDeliveries.rest({ feed, lease: taken.lease }, { now, untilAt }))) return;
  const since = taken.failingSinceAt ?? now;
  if (isToBeTold({ failingSinceAt: since, toldAt: taken.toldAt }, now)) {
    telemetry.measure('liaisonsUnreachable', 1);
    const trouble = { trouble: 'unreachable', since, eventId: null, createdAt: now } as const;
    await feedDeliveries.tell(feed, now, deliveryTroublePut(feed, messageOf(liaison, trouble)));
  }
  const message: DeliveryMessage = { kind: 'feed', ...feed };
  await deliveries.sendLater(message, Math.ceil(secondsBetween(now, untilAt)));
};

type Course = 'go-on' | 'stop';

const workOff = async (deps: FeedDeps, lease: Lease, one: FeedEvent): Promise<Course> => {
  const { feedDeliveries, now } = deps;
  const { feed, taken } = lease;
  let outcome: DeliveryOutcome;
  try {
    outcome = await outcomeOf(deps, one, lease.liaison);
  } catch (error) {
    // Retry: from this event on, when it has rested; what is behind it waits in its order.
    await rest(deps, lease, error);
    return 'stop';
  }
  const beside = messagesWith(deps, lease, { outcome, one });
  const dealt = { position: one.position, outcome, beside };
  if (!(await feedDeliveries.goOn({ feed, lease: taken.lease }, dealt, now()))) return 'stop';
  report(deps, lease, { one, outcome });
  return 'go-on';
};

/** Whether there is more to do under this lease. */
const workOffSome = async (
  deps: FeedDeps,
  lease: Lease,
  done: number,
): Promise<Readonly<{ course: Course; done: number }>> => {
  const { feeds, feedDeliveries, deliveries, now } = deps;
  const { feed, taken } = lease;
  const state = await feedDeliveries.load(feed);
  const behind = await feeds.after(feed, done, EVENTS_AT_ONCE);
  if (behind.length === 0) {
    const isFinished = await feedDeliveries.finish(
      { feed, lease: taken.lease },
      state?.wanted ?? done,
    );
    const isMine = !isFinished && (await feedDeliveries.load(feed))?.lease === taken.lease;
    return { course: isMine ? 'go-on' : 'stop', done };
  }
  let at = done;
  let current = lease;
  for (const one of behind) {
    if (now() >= lease.stopAt) {
      await feedDeliveries.giveUp({ feed, lease: taken.lease }, now());
      await deliveries.sendAll([{ kind: 'feed', ...feed }]);
      return { course: 'stop', done: at };
    }
    if ((await workOff(deps, current, one)) === 'stop') return { course: 'stop', done: at };
    at = one.position;
    // With the first that was dealt with it fails no longer.
    current = { ...lease, taken: { ...taken, ...NOT_FAILING } };
  }
  return { course: 'go-on', done: at };
};

const NOT_FAILING = {
  failures: 0,
  failingSinceAt: null,
  restsUntilAt: null,
  toldAt: null,
} as const;

/** Delivers a feed from where its delivery has come to, in order, for as long as there is more. */
export const workOffFeed = async (
  deps: FeedDeps,
  { agencyId, liaisonId, door }: FeedOf,
): Promise<void> => {
  const feed = { agencyId, liaisonId, door };
  const startedAt = deps.now();
  const taken = await deps.feedDeliveries.take(feed, startedAt);
  if (taken === null) return;
  const liaison = await deps.loadLiaison(agencyId, liaisonId);
  // Retry: it was on record when it was told, and an administrator may put it back.
  if (liaison === null) throw new Error('nothing is on record of this liaison');
  const stopAt = secondsAfter(startedAt, LONGEST_RUN_SECONDS);
  const lease = { feed, taken, liaison, stopAt };
  let at: Awaited<ReturnType<typeof workOffSome>> = { course: 'go-on', done: taken.done };
  while (at.course === 'go-on') at = await workOffSome(deps, lease, at.done);
};
