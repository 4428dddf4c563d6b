import { whyNotDelivered } from '#domain/liaison/delivery.ts';
import { eventIdOf } from '#domain/liaison/event.ts';
import { errorName } from '../adapters/log/log.ts';
import type { DeliveryMessage } from '../adapters/sqs/messages.ts';
import type { FeedDeps } from './work-off-feed.ts';

export type AgainDeps = Pick<
  FeedDeps,
  'now' | 'telemetry' | 'feeds' | 'feedDeliveries' | 'loadLiaison' | 'deliver'
>;

type Again = Extract<DeliveryMessage, { kind: 'again' }>;

/** Why an event without a receipt is not sent once more just now; null: it is. */
const whyNotAgain = async (
  { feeds, feedDeliveries, now }: AgainDeps,
  { agencyId, liaisonId, door }: Again,
  {
    position,
    event: { incidentId, sequence },
  }: NonNullable<Awaited<ReturnType<FeedDeps['feeds']['find']>>>,
): Promise<string | null> => {
  const feed = { agencyId, liaisonId, door };
  const [state, next] = await Promise.all([
    feedDeliveries.load(feed),
    feeds.find(feed, eventIdOf(incidentId, sequence + 1)),
  ]);
  if (next !== null) return 'replaced';
  if (state === null || state.done < position) return 'not-delivered-yet';
  return state.restsUntilAt !== null && state.restsUntilAt > now() ? 'unreachable' : null;
};

/**
 * Delivers an event of a feed once more, as it stands there and under the same message id, for no
 * receipt has come. Whatever comes of it: its transfer says when it is due again.
 */
export const deliverAgain = async (deps: AgainDeps, again: Again): Promise<void> => {
  const { log, measure } = deps.telemetry;
  const { agencyId, liaisonId, door, eventId, tries } = again;
  const ids = { agencyId, liaisonId, eventId, tries };
  const notSent = (reason: string): void => {
    measure('eventsNotSentAgain', 1);
    log.warn('event not sent again', { ...ids, reason });
  };
  const [liaison, found] = await Promise.all([
    deps.loadLiaison(agencyId, liaisonId),
    deps.feeds.find({ agencyId, liaisonId, door }, eventId),
  ]);
  if (liaison === null || found === null) return notSent('not-on-record');
  const why =
    whyNotDelivered(found, liaison, deps.now()) ?? (await whyNotAgain(deps, again, found));
  if (why !== null) return notSent(why);
  try {
    await deps.deliver(found, liaison, tries);
    measure('eventsSentAgain', 1);
    log.info('event sent again', ids);
  } catch (error) {
    // Record: its transfer has it sent again when it is due, and people are called in time.
    notSent(errorName(error));
  }
};
