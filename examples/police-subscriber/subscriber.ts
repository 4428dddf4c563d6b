import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRemoteJWKSet } from 'jose';
import { answer, type Decision, readDecision, signerFrom } from './answers.ts';
import { acknowledge, catchUp } from './catch-up.ts';
import { FeedClient } from './feed-client.ts';
import { Journal } from './journal.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { openPushDoor } from './push-door.ts';
import { fetchFrom, openSnsDoor } from './sns-door.ts';
import { type CloudEvent, cloudEventSchema, sequenceOf } from './wire.ts';

const say = (what: string): void => {
  process.stdout.write(`${what}\n`);
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

/** What a control room would do with it: here it is shown. Nothing but Actual is real. */
const show = (event: CloudEvent): void => {
  const { status, headline } = event.data.properties;
  say(`${event.subject.slice(0, 6)} ${sequenceOf(event)} [${status}] ${headline}`);
};

/** The parts, put together: rounds of reading, and what brings the next one forward. */
const assemble = async (options: Options) => {
  const { feed, journal: path, keyPath } = options;
  const journal = new Journal(path);
  const client = new FeedClient(feed);
  const sign = keyPath === undefined ? null : await signerFrom(keyPath);
  let last: Promise<unknown> = Promise.resolve();

  const decide = async (event: CloudEvent, decision: Decision): Promise<void> => {
    say(`${event.subject.slice(0, 6)} ${await answer({ journal, client, sign }, event, decision)}`);
  };

  /** Everything that is new is written down, then acknowledged, and only then answered. */
  const read = async (): Promise<boolean> => {
    try {
      await catchUp({ journal, client, onEvent: show });
      await acknowledge({ journal, client });
      for (const event of options.answer === null ? [] : journal.inbox.unanswered) {
        if (options.answer !== null) await decide(event, options.answer);
      }
      return true;
    } catch (error) {
      // Retry: the next round asks again from the same place.
      say(`could not read the feed: ${wordsOf(error)}`);
      return false;
    }
  };

  /** One after the other, whoever asks. */
  const round = (): Promise<boolean> => {
    const next = last.then(read);
    last = next;
    return next;
  };

  return { journal, round, decide };
};
type Parts = Awaited<ReturnType<typeof assemble>>;

/** Once it is written down, SNS may forget it; what is missing before it comes with the feed. */
const takeFromSns =
  ({ journal }: Parts, { feed }: Options, readSoon: () => void) =>
  (body: string): void => {
    const event = cloudEventSchema.parse(JSON.parse(body));
    if (event.data.properties.recipient !== feed.liaisonId) {
      say(`${event.id} is for somebody else: have the subscription's filter looked at`);
      return;
    }
    journal.store(event).forEach(show);
    readSoon();
  };

/** `<incident> accept` or `<incident> reject <cause>`, from whoever sits at it. */
const takeLine = async ({ journal, decide }: Parts, line: string): Promise<void> => {
  try {
    const [incident = '', ...rest] = line.trim().split(/\s+/);
    const event = incident === '' ? undefined : journal.inbox.newestOf(incident);
    if (event === undefined) return say(`there is no incident ${incident}`);
    await decide(event, readDecision(rest.join(' ')));
  } catch (error) {
    // Record: whoever typed it reads why.
    say(wordsOf(error));
  }
};

const stayUp = async (parts: Parts, options: Options): Promise<void> => {
  let isAwaited = true;
  let nextRound = new AbortController();
  const readSoon = (): void => nextRound.abort();
  const { sns, push, everySeconds } = options;
  const onMessage = takeFromSns(parts, options, readSoon);
  const doors = [
    ...(sns === null
      ? []
      : [
          openSnsDoor({
            ...{ topicArns: sns.topicArns, say, onMessage },
            ...(sns.servedAt && { fetchText: fetchFrom(sns.servedAt) }),
          }).listen(sns.port),
        ]),
    ...(push === null
      ? []
      : [
          openPushDoor({
            ...{ say, readFeed: parts.round, findKey: createRemoteJWKSet(push.jwksUrl) },
          }).listen(push.port),
        ]),
  ];
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => takeLine(parts, line));
  process.once('SIGINT', () => {
    isAwaited = false;
    for (const door of doors) door.close();
    lines.close();
    readSoon();
  });
  while (isAwaited) {
    nextRound = new AbortController();
    await parts.round();
    // Record: a wait that is cut short only brings the next round forward.
    await sleep(everySeconds * 1000, null, { signal: nextRound.signal }).catch(() => null);
  }
};

const run = async (options: Options): Promise<void> => {
  const parts = await assemble(options);
  if (!options.once) await stayUp(parts, options);
  else if (!(await parts.round())) process.exitCode = 1;
  parts.journal.close();
};

try {
  await run(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  // Record: whoever started it reads why.
  process.stderr.write(`${wordsOf(error)}\n\n${HELP}`);
  process.exitCode = 2;
}
