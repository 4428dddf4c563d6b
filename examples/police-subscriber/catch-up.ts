import { type FeedClient, isForGood } from './feed-client.ts';
import type { Journal } from './journal.ts';
import { type CloudEvent, idIn, type Page } from './wire.ts';

/** As many as the sender takes at once. */
const MOST_ACKS = 100;

type Parts = Readonly<{
  journal: Journal;
  client: Pick<FeedClient, 'events' | 'acknowledge' | 'report'>;
  /** Told of each event once it is its turn. */
  onEvent: (event: CloudEvent) => void;
  say: (what: string) => void;
}>;
type Reading = Readonly<Omit<Parts, 'client'> & { client: Pick<FeedClient, 'events'> }>;

/** A feed has no gap in its positions; one that does is not to be read past. */
const expectNoGap = (after: number, { events, next, goneTo = 0 }: Page): void => {
  const from = Math.max(after, goneTo);
  events.forEach(({ position }, i) => {
    if (position !== from + i + 1)
      throw new Error(`the feed leaps from ${from + i} to ${position}`);
  });
  if (next !== from + events.length) {
    throw new Error(`the feed leaps from ${from + events.length} to ${next}`);
  }
};

/** Writes a page down, event by event; what this program does not know is set aside. */
const takePage = ({ journal, onEvent, say }: Reading, page: Page): void => {
  const { events, next, goneTo = 0 } = page;
  if (goneTo > journal.inbox.after) {
    say(`the feed is kept no longer up to ${goneTo}: ask the agency for what you have not read`);
    journal.write({ kind: 'gone', to: goneTo });
  }
  for (const { position, event } of events) {
    const isKnown = journal.inbox.hasSetAside(position);
    journal.take(position, event).forEach(onEvent);
    if (!isKnown && journal.inbox.hasSetAside(position)) {
      say(`set aside what stands at ${position} of the feed: look at it, and at the contract`);
    }
  }
  const ids = events.flatMap(({ event }) => idIn(event) ?? []);
  if (events.length > 0) journal.write({ kind: 'read', after: next, ids });
};

/**
 * Reads the feed to its end from where it was last read, and writes down what is new. Where a
 * number of an incident is missing even then, it says so and goes on: the next event says all that
 * is known.
 */
export const catchUp = async (parts: Reading): Promise<void> => {
  const { journal, client, onEvent, say } = parts;
  for (let more = true; more; ) {
    const { after } = journal.inbox;
    const page = await client.events(after);
    expectNoGap(after, page);
    takePage(parts, page);
    more = page.more && page.next > after;
  }
  for (const incident of journal.inbox.gapsInFeed) {
    say(`incident ${incident}: a number is missing, also in the feed; ask the agency`);
    journal.write({ kind: 'gap-passed', incident }).forEach(onEvent);
  }
};

type Telling = Readonly<{ journal: Journal; client: Pick<FeedClient, 'acknowledge'> }>;

/** Tells the sender what is stored here, and notes that it knows. */
export const acknowledge = async ({ journal, client }: Telling): Promise<void> => {
  const ids = journal.inbox.unacknowledged;
  for (let start = 0; start < ids.length; start += MOST_ACKS) {
    const some = ids.slice(start, start + MOST_ACKS);
    await client.acknowledge(some);
    journal.write({ kind: 'acknowledged', ids: some });
  }
};

/** Tells the sender what could not be used here: one by one, for it may not know an id itself. */
export const report = async ({
  journal,
  client,
}: Readonly<{ journal: Journal; client: Pick<FeedClient, 'report'> }>): Promise<void> => {
  for (const [id, description] of journal.inbox.unreported) {
    try {
      await client.report(id, description);
    } catch (error) {
      // Retry what may pass; record what never will.
      if (!isForGood(error)) throw error;
    }
    journal.write({ kind: 'reported', ids: [id] });
  }
};
