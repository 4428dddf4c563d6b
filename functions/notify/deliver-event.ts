import { capOf } from '#domain/liaison/cap.ts';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import type { LiaisonEvent } from '#domain/liaison/event.ts';
import { topicAttributesOf } from '#domain/liaison/topic-message.ts';
import { doorFor } from '#domain/liaison/traffic.ts';
import type { FeedFormat, Liaison } from '#domain/model/liaison.ts';
import type { FeedEvent } from '../adapters/dynamodb/liaison-feeds.ts';
import { NeverAccepted, type Publisher } from '../adapters/sns/publisher.ts';

/** The topics of the stack: for what is real, and for everything else. */
export type FeedTopics = Readonly<
  Record<'actual' | 'exercise', Readonly<{ standard: string; ordered: string | undefined }>>
>;

export type DeliverDeps = Readonly<{
  publisher: Pick<Publisher, 'feed'>;
  topics: FeedTopics;
}>;

const written: Readonly<Record<FeedFormat, (event: LiaisonEvent) => string>> = {
  cloudevents: (event) => JSON.stringify(cloudEventOf(event)),
  cap: capOf,
  incident: (event) => JSON.stringify(cloudEventOf(event)),
};

const publish = (
  { publisher, topics }: DeliverDeps,
  event: LiaisonEvent,
  { liaison, isOrdered }: Readonly<{ liaison: Liaison; isOrdered: boolean }>,
): Promise<string> => {
  const { standard, ordered } = topics[doorFor(event.status)];
  // Record: whoever set it up so has to ask for the topic when the stack is deployed.
  if (isOrdered && ordered === undefined) {
    throw new NeverAccepted('the stack has no ordered topic', null);
  }
  const topicArn = (isOrdered ? ordered : undefined) ?? standard;
  const order = isOrdered ? { group: event.incidentId, once: event.eventId } : undefined;
  return publisher.feed(topicArn, {
    text: written[liaison.format](event),
    attributes: topicAttributesOf(event, liaison),
    order,
  });
};

/**
 * Delivers an event of a liaison's feed in its format, the way that it asked for. Returns the
 * provider's id.
 */
export const deliverEvent =
  (deps: DeliverDeps) =>
  async ({ event, position }: FeedEvent, liaison: Liaison): Promise<string> => {
    const { delivery } = liaison;
    switch (delivery.by) {
      case 'topic':
        return publish(deps, event, { liaison, isOrdered: delivery.ordered });
      case 'https':
        throw new NeverAccepted('nothing is posted', null);
      case 'pull':
        return `position-${position}`;
      default:
        return delivery satisfies never;
    }
  };
export type DeliverEvent = ReturnType<typeof deliverEvent>;
