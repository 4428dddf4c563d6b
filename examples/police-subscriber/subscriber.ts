import type { Server } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRemoteJWKSet } from 'jose';
import { decide, readDecision } from './answers.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { openPushDoor } from './push-door.ts';
import { type Rounds, startRounds, wordsOf } from './rounds.ts';
import { fetchFrom, openSnsDoor } from './sns-door.ts';
import { type CloudEvent, readEvent, sequenceOf, trafficOf } from './wire.ts';

/** A line to whoever sits at it, whose screen takes no orders from what is in it. */
const say = (what: string): void => {
  process.stdout.write(`${what.replace(/\p{Cc}/gu, ' ')}\n`);
};

/** What a control room would do with it: here it is shown. Nothing but Actual is real. */
const show = (event: CloudEvent): void => {
  const { status, headline } = event.data.properties;
  say(`${event.subject.slice(0, 6)} ${sequenceOf(event)} [${status}] ${headline}`);
};

const asJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    // Record: it is XML or a JWS, and stands in the feed as JSON.
    return null;
  }
};

/**
 * Once it is written down, SNS may forget it; what is missing before it comes with the feed. In
 * another form, or of a later version, it is only a sign that the feed has something new.
 */
const takeFromSns =
  ({ journal, round }: Rounds, { feed }: Options, readSoon: () => void) =>
  async (body: string): Promise<void> => {
    const { event } = readEvent(asJson(body));
    if (event === null) {
      if (!(await round()).isFeedStored) throw new Error('the feed could not be read');
      return;
    }
    if (event.data.properties.recipient !== feed.liaisonId) {
      say(`${event.id} is for somebody else: have the subscription's filter looked at`);
      return;
    }
    if (trafficOf(event) !== feed.traffic) {
      say(`${event.id} is of the ${trafficOf(event)} feed: take that with a journal of its own`);
      return;
    }
    journal.store(event).forEach(show);
    readSoon();
  };

/** `<incident> accept` or `<incident> reject <cause>`, from whoever sits at it. */
const takeLine = async ({ journal, round }: Rounds, line: string): Promise<void> => {
  try {
    const [incident = '', ...rest] = line.trim().split(/\s+/);
    const [event, ...others] = incident === '' ? [] : journal.inbox.newestOf(incident);
    if (event === undefined) return say(`there is no incident ${incident}`);
    if (others.length > 0) return say(`several incidents begin with ${incident}: say more of it`);
    decide(journal, event, readDecision(rest.join(' ')));
    await round();
  } catch (error) {
    // Record: whoever typed it reads why.
    say(wordsOf(error));
  }
};

const openDoors = (rounds: Rounds, options: Options, readSoon: () => void): Server[] => {
  const { sns, push } = options;
  const onMessage = takeFromSns(rounds, options, readSoon);
  const ofSns = sns && {
    ...{ topicArns: sns.topicArns, say, onMessage },
    ...(sns.servedAt && { fetchText: fetchFrom(sns.servedAt) }),
  };
  const ofAgency = push && {
    readFeed: async () => (await rounds.round()).isFeedStored,
    ...{ say, findKey: createRemoteJWKSet(push.jwksUrl) },
  };
  return [
    ...(sns && ofSns ? [openSnsDoor(ofSns).listen(sns.port)] : []),
    ...(push && ofAgency ? [openPushDoor(ofAgency).listen(push.port)] : []),
  ];
};

const stayUp = async (rounds: Rounds, options: Options): Promise<void> => {
  let isAwaited = true;
  let nextRound = new AbortController();
  const readSoon = (): void => nextRound.abort();
  const doors = openDoors(rounds, options, readSoon);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => takeLine(rounds, line));
  process.once('SIGINT', () => {
    isAwaited = false;
    for (const door of doors) door.close();
    lines.close();
    readSoon();
  });
  while (isAwaited) {
    nextRound = new AbortController();
    await rounds.round();
    // Record: a wait that is cut short only brings the next round forward.
    await sleep(options.everySeconds * 1000, null, { signal: nextRound.signal }).catch(() => null);
  }
};

const run = async (options: Options): Promise<void> => {
  const rounds = await startRounds(options, { show, say });
  if (!options.once) await stayUp(rounds, options);
  else if (!(await rounds.round()).isAllDone) process.exitCode = 1;
  rounds.journal.close();
};

try {
  await run(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  // Record: whoever started it reads why.
  process.stderr.write(`${wordsOf(error)}\n\n${HELP}`);
  process.exitCode = 2;
}
