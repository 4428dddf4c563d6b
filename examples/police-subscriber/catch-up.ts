import type { FeedClient } from './feed-client.ts';
import type { Journal } from './journal.ts';
import type { CloudEvent, Page } from './wire.ts';

/** As many as the sender takes at once. */
const MOST_ACKS = 100;

type Parts = Readonly<{
  journal: Journal;
  client: Pick<FeedClient, 'events' | 'acknowledge'>;
  /** Told of each event once it is its turn. */
  onEvent: (event: CloudEvent) => void;
}>;

/** A feed has no gap in its positions; one that does is not to be read past. */
const expectNoGap = (after: number, { events }: Page): void => {
  events.forEach(({ position }, i) => {
    if (position !== after + i + 1)
      throw new Error(`the feed leaps from ${after + i} to ${position}`);
  });
};

/** Reads the feed to its end from where it was last read, and writes down what is new. */
export const catchUp = async ({ journal, client, onEvent }: Parts): Promise<void> => {
  for (let more = true; more; ) {
    const { after } = journal.inbox;
    const page = await client.events(after);
    expectNoGap(after, page);
    for (const { event } of page.events) journal.store(event).forEach(onEvent);
    if (page.next > after) journal.write({ kind: 'read', after: page.next });
    more = page.more && page.next > after;
  }
};

/** Tells the sender what is stored here, and notes that it knows. */
export const acknowledge = async ({ journal, client }: Omit<Parts, 'onEvent'>): Promise<void> => {
  const ids = journal.inbox.unacknowledged;
  for (let start = 0; start < ids.length; start += MOST_ACKS) {
    const some = ids.slice(start, start + MOST_ACKS);
    await client.acknowledge(some);
    journal.write({ kind: 'acknowledged', ids: some });
  }
};
