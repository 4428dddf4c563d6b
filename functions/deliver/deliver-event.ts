import type { LiaisonEvent } from '#domain/liaison/event.ts';
import { topicAttributesOf } from '#domain/liaison/topic-message.ts';
import { doorFor } from '#domain/liaison/traffic.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import type { FeedEvent } from '../adapters/dynamodb/liaison-feed-items.ts';
import { NeverAccepted, type Publisher } from '../adapters/sns/publisher.ts';
import type { DeliverByHttps } from './post-feed.ts';
import type { WriteEvent } from './write-event.ts';

/** The topics of the stack: for what is real, and for everything else. */
export type FeedTopics = Readonly<
  Record<'actual' | 'exercise', Readonly<{ standard: string; ordered: string | undefined }>>
>;

export type DeliverDeps = Readonly<{
  publisher: Pick<Publisher, 'feed'>;
  topics: FeedTopics;
  writeEvent: WriteEvent;
  deliverByHttps: DeliverByHttps;
}>;

/** A topic in order takes an id once within minutes: what is sent again goes under another. */
const onceOf = ({ eventId }: LiaisonEvent, tries: number): string =>
  tries === 0 ? eventId : `${eventId}.again.${tries}`;

type Publishing = Readonly<{ liaison: Liaison; isOrdered: boolean; tries: number }>;

const publish = async (
  { publisher, topics, writeEvent }: DeliverDeps,
  event: LiaisonEvent,
  { liaison, isOrdered, tries }: Publishing,
): Promise<string> => {
  const { standard, ordered } = topics[doorFor(event.status)];
  // Record: whoever set it up so has to ask for the topic when the stack is deployed.
  if (isOrdered && ordered === undefined) {
    throw new NeverAccepted('the stack has no ordered topic', null);
  }
  const topicArn = (isOrdered ? ordered : undefined) ?? standard;
  const order = isOrdered ? { group: event.incidentId, once: onceOf(event, tries) } : undefined;
  return publisher.feed(topicArn, {
    text: (await writeEvent(event, liaison)).text,
    attributes: topicAttributesOf(event, liaison),
    order,
  });
};

/**
 * Delivers an event of a liaison's feed in its format, the way that it asked for. `tries`: how
 * often it was sent before, without a receipt. Returns the provider's id.
 */
export const deliverEvent =
  (deps: DeliverDeps) =>
  async ({ event, position }: FeedEvent, liaison: Liaison, tries = 0): Promise<string> => {
    const { delivery } = liaison;
    switch (delivery.by) {
      case 'topic':
        return publish(deps, event, { liaison, isOrdered: delivery.ordered, tries });
      case 'https': {
        const url = doorFor(event.status) === 'actual' ? delivery.url : delivery.exerciseUrl;
        // Record: what is not real goes to no address that was given for what is.
        if (url === null) throw new NeverAccepted('there is no address for exercises', null);
        return deps.deliverByHttps(url, await deps.writeEvent(event, liaison));
      }
      case 'pull':
        return `position-${position}`;
      default:
        return delivery satisfies never;
    }
  };
export type DeliverEvent = ReturnType<typeof deliverEvent>;
