import { setTimeout as sleep } from 'node:timers/promises';
import { acknowledge, catchUp } from './catch-up.ts';
import { FeedClient } from './feed-client.ts';
import { Journal } from './journal.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { openSnsDoor } from './sns-door.ts';
import { type CloudEvent, cloudEventSchema, sequenceOf } from './wire.ts';

const say = (what: string): void => {
  process.stdout.write(`${what}\n`);
};

/** What a control room would do with it: here it is shown. Nothing but Actual is real. */
const show = (event: CloudEvent): void => {
  const { status, headline } = event.data.properties;
  say(`${event.subject.slice(0, 6)} ${sequenceOf(event)} [${status}] ${headline}`);
};

const run = async ({ feed, journal: path, everySeconds, once, sns }: Options): Promise<void> => {
  const journal = new Journal(path);
  const client = new FeedClient(feed);
  const parts = { journal, client, onEvent: show };
  let isAwaited = true;
  let nextRound = new AbortController();

  /** One round: everything that is new is written down, and only then acknowledged. */
  const round = async (): Promise<boolean> => {
    try {
      await catchUp(parts);
      await acknowledge(parts);
      return true;
    } catch (error) {
      // Retry: the next round asks again from the same place.
      say(`could not read the feed: ${error instanceof Error ? error.message : error}`);
      return false;
    }
  };

  /** Once it is written down, SNS may forget it; what is missing before it comes with the feed. */
  const onMessage = (body: string): void => {
    const event = cloudEventSchema.parse(JSON.parse(body));
    if (event.data.properties.recipient !== feed.liaisonId) {
      say(`${event.id} is for somebody else: have the subscription's filter looked at`);
      return;
    }
    journal.store(event).forEach(show);
    nextRound.abort();
  };

  if (once) {
    if (!(await round())) process.exitCode = 1;
    journal.close();
    return;
  }

  const door = sns === null ? null : openSnsDoor({ topicArns: sns.topicArns, say, onMessage });
  door?.listen(sns?.port);
  process.once('SIGINT', () => {
    isAwaited = false;
    nextRound.abort();
    door?.close();
  });

  while (isAwaited) {
    nextRound = new AbortController();
    await round();
    // Record: a wait that is cut short only brings the next round forward.
    await sleep(everySeconds * 1000, null, { signal: nextRound.signal }).catch(() => null);
  }
  journal.close();
};

try {
  await run(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  // Record: whoever started it reads why.
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  process.exitCode = 2;
}
