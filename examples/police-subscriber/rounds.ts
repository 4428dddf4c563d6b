import { decide, sendDecided, signerFrom } from './answers.ts';
import { acknowledge, catchUp, report } from './catch-up.ts';
import { FeedClient } from './feed-client.ts';
import { Journal } from './journal.ts';
import type { Options } from './options.ts';
import type { CloudEvent } from './wire.ts';

export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : `${error}`;

type Told = Readonly<{ show: (event: CloudEvent) => void; say: (what: string) => void }>;
type Outcome = Readonly<{ isFeedStored: boolean; isAllDone: boolean }>;
export type Rounds = Readonly<{
  journal: Journal;
  /** Reads, acknowledges and answers; one after the other, whoever asks. */
  round: () => Promise<Outcome>;
}>;

/** Who asks while one is about to begin is served by that one: nobody can heap them up. */
const oneByOne = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    next ??= last.then(() => {
      next = null;
      return work();
    });
    last = next;
    return next;
  };
};

/** The parts, put together: what is done in each round, in this order. */
export const startRounds = async (options: Options, { show, say }: Told): Promise<Rounds> => {
  const { feed, journal: path, keyPath, answer } = options;
  const journal = new Journal(path);
  journal.begin(feed.traffic);
  const client = new FeedClient(feed);
  const sign = keyPath === undefined ? null : await signerFrom(keyPath);

  const answerAll = async (): Promise<void> => {
    for (const event of answer === null ? [] : journal.inbox.unanswered) {
      const isPractice = event.data.properties.status !== 'Actual';
      if (isPractice && answer !== null) decide(journal, event, answer);
    }
    await sendDecided({ journal, client, sign, say });
  };

  /** Whether it could be done; what could not is tried again in the next round. */
  const attempt = async (what: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      // Retry: the next round asks again from the same place.
      say(`could not ${what}: ${wordsOf(error)}`);
      return false;
    }
  };

  const round = oneByOne(async () => {
    const isFeedStored = await attempt('read the feed', () =>
      catchUp({ journal, client, onEvent: show, say }),
    );
    const isRestDone = [
      await attempt('acknowledge', () => acknowledge({ journal, client })),
      await attempt('say what is of no use', () => report({ journal, client })),
      await attempt('answer', answerAll),
    ].every(Boolean);
    return { isFeedStored, isAllDone: isFeedStored && isRestDone };
  });

  return { journal, round };
};
