import { fileURLToPath } from 'node:url';
import { createClock, type MovableClock } from './cloud/clock/clock.ts';
import { type Cloud, startCloud } from './cloud/cloud.ts';
import { compareOutcomes } from './replay/compare-outcomes.ts';
import { liveWorld } from './replay/live-world.ts';
import { keepInTouch } from './start/keep-in-touch.ts';
import { HELP, parseOptions, type StartOptions } from './start/options.ts';
import { postingTo } from './start/post-to.ts';
import { showProgress } from './start/progress.ts';
import { printDoors, printWaysIn } from './start/stay-up.ts';
import { stopOnSignal } from './start/stop-on-signal.ts';
import { printSummary } from './start/summary.ts';
import { processTerminal } from './start/terminal.ts';
import { printTimeline } from './start/timeline.ts';
import { DEMO_CONTEXT } from './worlds/demo/context.ts';
import { DEMO_WORLD } from './worlds/demo/demo-world.ts';
import { DEMO_EXPECTED } from './worlds/demo/expected.ts';

const APP = fileURLToPath(new URL('..', import.meta.url));
const world = DEMO_WORLD;
const terminal = processTerminal();

const replay = async (cloud: Cloud) => {
  terminal.line(
    `Replaying a day of ${world.wearers.length} wearers, from real traces and made up ...`,
  );
  const onProgress = showProgress(terminal, world, () => cloud.outbox.entries().length);
  const lived = await liveWorld({ cloud, world, onProgress });
  terminal.line();
  printTimeline(terminal, world, lived.outcome);
  terminal.line();
  printSummary(terminal, { ...lived, logLines: cloud.functionLogs('Evaluate') });
  terminal.line();
  return lived;
};

/** Compares what came out with what must; returns the exit code. */
const judge = (outcome: Parameters<typeof compareOutcomes>[1]): number => {
  const differences = compareOutcomes(DEMO_EXPECTED, outcome);
  for (const difference of differences) terminal.line(terminal.paint('red', difference));
  const isSame = differences.length === 0;
  terminal.line(
    isSame
      ? terminal.paint('green', 'Exactly the expected alerts and pages came out.')
      : `${differences.length} differences from what is expected (local/worlds/demo/expected.ts).`,
  );
  return isSame ? 0 : 1;
};

/** Replays in a started cloud, which then stays up unless it was to be once only. */
const run = async (cloud: Cloud, options: StartOptions): Promise<void> => {
  if (options.realTime) return printDoors(terminal, cloud);
  const { outcome, headEndToken } = await replay(cloud);
  if (!options.once) {
    keepInTouch(terminal, { cloud, world, headEndToken });
    return printWaysIn(terminal, { cloud, world, headEndToken });
  }
  process.exitCode = judge(outcome);
  return cloud.stop();
};

/** Of those that Ofcom keeps for films: texts to it are posted to the console. */
const TEXT_REPLY_NUMBER = '+447700900100';

const clockFor = ({ realTime, speed }: StartOptions): MovableClock => {
  if (realTime) return createClock({ mode: 'real' });
  const { startsAt: startAt } = world;
  if (speed !== undefined) return createClock({ mode: 'rate', rate: speed, startAt });
  return createClock({ mode: 'replay', startAt });
};

const main = async (): Promise<void> => {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return terminal.line(HELP);
  terminal.line('Synthesizing the stack and starting it on this machine (10 to 20 s) ...');
  const { dataDirectory, port } = options;
  const posting = postingTo(options.postTo);
  const log = (line: string): void => terminal.line(terminal.paint('dim', `cloud: ${line}`));
  const { isStopping, fail } = stopOnSignal(() => starting, terminal);
  const starting = startCloud({
    ...{ appDirectory: APP, clock: clockFor(options), log, dataDirectory, port },
    context: { ...DEMO_CONTEXT, textReplyNumber: TEXT_REPLY_NUMBER, ...posting.context },
    httpsHosts: posting.httpsHosts,
    onFailure: fail,
  });
  try {
    const cloud = await starting;
    if (!isStopping()) await run(cloud, options);
  } catch (error) {
    // Record: told below, unless it fails because everything is being ended.
    if (isStopping()) return;
    const stop = (cloud: Cloud): Promise<void> => cloud.stop();
    await starting.then(stop, () => undefined);
    throw error;
  }
};

main().catch((error: unknown) => {
  // Record: whoever started this reads it, and the exit code says the same.
  terminal.line(terminal.paint('red', error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
