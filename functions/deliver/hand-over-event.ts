import { isToBeTold, whyNotDelivered } from '#domain/liaison/delivery.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { FeedDelivery } from '../adapters/dynamodb/feed-deliveries.ts';
import type { DeliveryOutcome, FeedEvent } from '../adapters/dynamodb/liaison-feed-items.ts';
import { errorName } from '../adapters/log/log.ts';
import { NeverAccepted } from '../adapters/sns/publisher.ts';
import type { DeliverEvent } from './deliver-event.ts';
import { NotNow } from './not-now.ts';

export type HandOverDeps = Readonly<{ now: Clock; deliver: DeliverEvent }>;

/** An event that was dealt with, and how. */
export type HandedOver = Readonly<{ one: FeedEvent; outcome: DeliveryOutcome }>;

/** Hands one event over, unless it need not be. Throws what another try may mend. */
const handOver = async (
  { now, deliver }: HandOverDeps,
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

/** So many events behind one that is not taken show whether it is that one alone. */
const MOST_TRIED_BEHIND = 5;

const isTaken = async (
  deps: HandOverDeps,
  one: FeedEvent,
  liaison: Liaison,
): Promise<DeliveryOutcome | null> => {
  try {
    const outcome = await handOver(deps, one, liaison);
    return outcome.is === 'delivered' ? outcome : null;
  } catch {
    // Retry: with all the others, when the feed has rested.
    return null;
  }
};

const reasonOf = (error: unknown): string =>
  error instanceof NotNow ? error.message : errorName(error);

/**
 * What a liaison has not taken for minutes though it takes what comes behind it: those alone are
 * set aside as refused. Null: it takes none of them, and so is down as a whole.
 */
const pastWhatHoldsUp = async (
  deps: HandOverDeps,
  [held, ...behind]: readonly [FeedEvent, ...FeedEvent[]],
  { liaison, error }: Readonly<{ liaison: Liaison; error: unknown }>,
): Promise<HandedOver[] | null> => {
  const detail = `${reasonOf(error)} for minutes, and took what came behind it`;
  const passed: FeedEvent[] = [held];
  for (const one of behind.slice(0, MOST_TRIED_BEHIND)) {
    const outcome = await isTaken(deps, one, liaison);
    if (outcome !== null) {
      const at = deps.now();
      const aside = passed.map((each) => ({
        ...{ one: each, outcome: { is: 'refused' as const, detail, at } },
      }));
      return [...aside, { one, outcome }];
    }
    passed.push(one);
  }
  return null;
};

/**
 * Hands the first of some events over, and passes it where it alone has not been taken for minutes.
 * Throws where the liaison takes nothing just now.
 */
export const handOverNext = async (
  deps: HandOverDeps,
  events: readonly [FeedEvent, ...FeedEvent[]],
  { liaison, taken }: Readonly<{ liaison: Liaison; taken: FeedDelivery }>,
): Promise<HandedOver[]> => {
  const [one] = events;
  try {
    return [{ one, outcome: await handOver(deps, one, liaison) }];
  } catch (error) {
    // Retry: from this event on, unless it is that event alone.
    const isLong = isToBeTold({ ...taken, toldAt: null }, deps.now());
    const past = isLong ? await pastWhatHoldsUp(deps, events, { liaison, error }) : null;
    if (past === null) throw error;
    return past;
  }
};
