import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { createClock } from '#local/cloud/clock/clock.ts';
import { startCloud } from '#local/cloud/cloud.ts';
import { createPlace } from '#local/cloud/place.ts';
import type { JudgedGrant } from '#local/iam/judge-grants.ts';
import { exercise } from './grants/exercise.ts';
import { grantLine, judgeStack } from './grants/judge-stack.ts';
import { writeRecordedCalls } from './grants/recorded-calls.ts';
import { SHORT_WORLD } from './grants/short-world.ts';
import { openVariants, runWithout, type Variants } from './grants/sweep.ts';

const HELP = `npm run bench:grants -- [--list | --record | --only 1,2,3]

Takes each grant of the stack away, by itself, runs the whole stack, and says which denial showed it.
  --list    only says, without running anything, which call each grant is good for
  --record  runs the stack whole and keeps what its functions ask for, for the list and the tests
  --only    sweeps these numbers of the list`;

const APP = fileURLToPath(new URL('../..', import.meta.url));

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const record = async ({ directory }: Variants): Promise<void> => {
  const cloud = await startCloud({
    appDirectory: APP,
    cloudAssembly: directory,
    clock: createClock({ mode: 'replay', startAt: SHORT_WORLD.startsAt }),
    log: say,
  });
  try {
    for (const problem of await exercise(cloud, { archive: true })) say(`problem: ${problem}`);
    say(`${writeRecordedCalls(cloud.rights)} different rights were asked for`);
  } finally {
    await cloud.stop();
  }
};

const list = (grants: readonly JudgedGrant[]): void => {
  for (const [index, judged] of grants.entries()) say(grantLine(judged, index + 1));
  const excess = grants.filter(({ deniedWithout }) => deniedWithout.length === 0);
  say(`${grants.length} grants, ${excess.length} of which no call needs`);
  if (excess.length > 0) process.exitCode = 1;
};

const sweep = async (
  grants: readonly JudgedGrant[],
  only: ReadonlySet<number> | undefined,
  variants: Variants,
): Promise<void> => {
  const startedAt = performance.now();
  let run = 0;
  let shown = 0;
  for (const [index, judged] of grants.entries()) {
    const number = index + 1;
    if (only !== undefined && !only.has(number)) continue;
    const { denial, when, seconds } = await runWithout(judged, variants);
    run += 1;
    if (denial !== undefined) shown += 1;
    say(`${String(number).padStart(3)}  ${judged.grant.text}`);
    const what =
      denial === undefined ? 'NOT SHOWN: no denial names it' : `shown ${when}: ${denial}`;
    say(`       ${what} (${seconds.toFixed(1)} s)`);
  }
  const minutes = (performance.now() - startedAt) / 60_000;
  say(`${shown} of ${run} grants were shown, in ${minutes.toFixed(1)} minutes`);
  if (shown < run) process.exitCode = 1;
};

const numbersSchema = z.array(z.coerce.number<string>().int().positive());

const numbersOf = (text: string): ReadonlySet<number> =>
  new Set(numbersSchema.parse(text.split(',')));

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  if (values.help) return say(HELP);
  const only = values.only === undefined ? undefined : numbersOf(values.only);
  const variants = await openVariants(APP);
  try {
    if (values.record) return await record(variants);
    const { template, region, stackName } = variants.assembly;
    const { grants, denied } = await judgeStack(template, createPlace(region, stackName));
    for (const { asker, need } of denied) {
      say(`denied although nothing is taken away: ${JSON.stringify({ asker, need })}`);
      process.exitCode = 1;
    }
    if (values.list) return list(grants);
    await sweep(grants, only, variants);
  } finally {
    await variants.remove();
  }
};

main().catch((error: unknown) => {
  // Record: whoever started this reads it, and the exit code says the same.
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
