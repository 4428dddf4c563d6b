import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { createClock } from './cloud/clock/clock.ts';
import { startCloud } from './cloud/cloud.ts';
import { asyncApiProblems } from './contract/asyncapi-check.ts';
import { contractFiles } from './contract/contract-files.ts';
import {
  type Checked,
  checkMessages,
  eventsIn,
  inEveryFormat,
  sentToFeeds,
  uncheckedKinds,
} from './contract/feed-checks.ts';
import { liveWorld } from './replay/live-world.ts';
import { DEMO_CONTEXT } from './worlds/demo/context.ts';
import { DEMO_WORLD } from './worlds/demo/demo-world.ts';

const HELP = `Usage: npm run feeds:validate [-- --outbox URL]

Holds everything that the demo's recipients outside the agency are sent to what others published on
its format. Lives through the demo's day for it, some minutes; or reads what has been sent already:

  --outbox URL  of a stack that runs: its outbox page's address with .json behind it, such as
                http://127.0.0.1:8081/outbox.json
`;

const entriesSchema = z.array(
  z.object({
    channel: z.string(),
    text: z.string(),
    attributes: z.record(z.string(), z.string()),
  }),
);
type Entries = z.infer<typeof entriesSchema>;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** What leaves for people and feeds in the demo's day. */
const liveThroughDemo = async (): Promise<Entries> => {
  say('Living through the demo day on the local cloud ...');
  const cloud = await startCloud({
    appDirectory: fileURLToPath(new URL('..', import.meta.url)),
    clock: createClock({ mode: 'replay', startAt: DEMO_WORLD.startsAt }),
    context: DEMO_CONTEXT,
  });
  try {
    await liveWorld({ cloud, world: DEMO_WORLD });
    return entriesSchema.parse(cloud.outbox.entries());
  } finally {
    await cloud.stop();
  }
};

const entriesAt = async (url: string): Promise<Entries> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: is the stack running?`);
  return entriesSchema.parse(await response.json());
};

const report = (title: string, checked: readonly Checked[]): boolean => {
  say(`\n${title}`);
  for (const { by, count, problems } of checked) {
    say(`  ${String(count).padStart(5)}  ${problems.length === 0 ? 'valid ' : 'WRONG '}  ${by}`);
    for (const problem of problems) say(`         ${problem}`);
  }
  return checked.every(({ problems }) => problems.length === 0);
};

const main = async (outbox: string | undefined): Promise<boolean> => {
  const sent = sentToFeeds(
    outbox === undefined ? await liveThroughDemo() : await entriesAt(outbox),
  );
  if (sent.length === 0) throw new Error('no recipient outside the agency was sent anything');
  const events = eventsIn(sent);
  const everyFormat = inEveryFormat(events);
  const none = uncheckedKinds(everyFormat);
  if (none.length > 0) throw new Error(`nothing to check of ${none.join(', ')}`);
  const recipients = new Set(events.map(({ recipient }) => recipient));
  say(`${sent.length} messages sent; ${events.length} events of ${recipients.size} recipients`);
  const contract = await asyncApiProblems(contractFiles().get('asyncapi.json') ?? '');
  const results = [
    report('As it was sent', await checkMessages(sent)),
    report('The same events in every format', await checkMessages(everyFormat)),
    report('The contract', [{ by: "AsyncAPI: its authors' parser", count: 1, problems: contract }]),
  ];
  say(results.every(Boolean) ? '\nAll valid.' : '\nWRONG: see above.');
  return results.every(Boolean);
};

const { values } = parseArgs({
  options: { outbox: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) say(HELP);
else process.exitCode = (await main(values.outbox)) ? 0 : 1;
