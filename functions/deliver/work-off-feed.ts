import { isToBeTold, restsUntil } from '#domain/liaison/delivery.ts';
import { type Instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import type { DeliveryMemos, DeliveryTrouble } from '../adapters/dynamodb/delivery-trouble.ts';
import type { FeedDeliveries, FeedDelivery } from '../adapters/dynamodb/feed-deliveries.ts';
import type { FeedEvent } from '../adapters/dynamodb/liaison-feed-items.ts';
import type { FeedOf } from '../adapters/dynamodb/liaison-feed-keys.ts';
import type { LiaisonFeeds } from '../adapters/dynamodb/liaison-feeds.ts';
import type { Liaisons } from '../adapters/dynamodb/liaisons.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import type { DeliveryMessage } from '../adapters/sqs/messages.ts';
import type { Queue } from '../adapters/sqs/queue.ts';
import { type HandedOver, type HandOverDeps, handOverNext } from './hand-over-event.ts';

export type FeedDeps = HandOverDeps &
  Readonly<{
    telemetry: Telemetry;
    feeds: Pick<LiaisonFeeds, 'after' | 'find'>;
    feedDeliveries: FeedDeliveries;
    loadLiaison: Liaisons['load'];
    deliveryMemos: DeliveryMemos;
    deliveries: Pick<Queue, 'sendAll' | 'sendLater'>;
  }>;

const EVENTS_AT_ONCE = 25;
/** Another run goes on behind it, before this one is cut off. */
const LONGEST_RUN_SECONDS = 15;

type Lease = Readonly<{ feed: FeedOf; taken: FeedDelivery; liaison: Liaison; stopAt: Instant }>;

const memoOf = (
  { liaisonId, name }: Liaison,
  trouble: Omit<DeliveryTrouble, 'about' | 'liaisonId' | 'name'>,
): DeliveryTrouble => ({ about: 'liaison-delivery', liaisonId, name, ...trouble });

/** What the duty manager hears with an event: that it was refused, or that all is well again. */
const memosWith = (
  { feed, taken }: Lease,
  { outcome, one }: HandedOver,
): Omit<DeliveryTrouble, 'about' | 'liaisonId' | 'name'>[] => {
  if (feed.door === 'exercise') return [];
  const { at: createdAt } = outcome;
  const { toldAt, failingSinceAt } = taken;
  const { eventId } = one.event;
  const since = failingSinceAt ?? createdAt;
  const isBack = toldAt !== null && outcome.is !== 'not-sent';
  const isRefused = outcome.is === 'refused';
  return [
    ...(isBack ? [{ trouble: 'reachable-again' as const, eventId: null, since, createdAt }] : []),
    ...(isRefused ? [{ trouble: 'refused' as const, eventId, since: createdAt, createdAt }] : []),
  ];
};

const report = ({ telemetry }: FeedDeps, { feed }: Lease, { one, outcome }: HandedOver): void => {
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
  const { feedDeliveries, deliveries, telemetry, deliveryMemos } = deps;
  const now = deps.now();
  const untilAt = restsUntil(taken.failures, now);
  telemetry.measure('deliveriesPutOff', 1);
  telemetry.log.warn('delivery put off', { ...feed, error: errorName(error) });
  if (!(await feedDeliveries.rest({ feed, lease: taken.lease }, { now, untilAt }))) return;
  const since = taken.failingSinceAt ?? now;
  if (feed.door === 'actual' && isToBeTold({ failingSinceAt: since, toldAt: taken.toldAt }, now)) {
    telemetry.measure('liaisonsUnreachable', 1);
    const trouble = { trouble: 'unreachable', since, eventId: null, createdAt: now } as const;
    const puts = await deliveryMemos(feed, memoOf(liaison, trouble));
    await feedDeliveries.tell(feed, now, puts);
  }
  const message: DeliveryMessage = { kind: 'feed', ...feed };
  await deliveries.sendLater(message, Math.ceil(secondsBetween(now, untilAt)));
};

/** Works off the first of some events, or more; how many. 0: nothing is taken now. */
const workOff = async (
  deps: FeedDeps,
  lease: Lease,
  events: readonly [FeedEvent, ...FeedEvent[]],
): Promise<number> => {
  const { feedDeliveries, deliveryMemos, now } = deps;
  const { feed, taken, liaison } = lease;
  let handed: readonly HandedOver[];
  try {
    handed = await handOverNext(deps, events, lease);
  } catch (error) {
    // Retry: from this event on, when it has rested; what is behind it waits in its order.
    await rest(deps, lease, error);
    return 0;
  }
  for (const one of handed) {
    const memos = memosWith(lease, one).map((memo) => deliveryMemos(feed, memoOf(liaison, memo)));
    const beside = (await Promise.all(memos)).flat();
    const dealt = { position: one.one.position, outcome: one.outcome, beside };
    if (!(await feedDeliveries.goOn({ feed, lease: taken.lease }, dealt, now()))) return 0;
    report(deps, lease, one);
  }
  return handed.length;
};

type Course = 'go-on' | 'stop';

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
  for (let [one, ...more] = behind; one !== undefined; [one, ...more] = more) {
    if (now() >= lease.stopAt) {
      await feedDeliveries.giveUp({ feed, lease: taken.lease }, now());
      await deliveries.sendAll([{ kind: 'feed', ...feed }]);
      return { course: 'stop', done: at };
    }
    const count = await workOff(deps, current, [one, ...more]);
    if (count === 0) return { course: 'stop', done: at };
    at = [one, ...more][count - 1]?.position ?? at;
    more.splice(0, count - 1);
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
