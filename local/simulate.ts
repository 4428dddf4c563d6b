import { explain } from './simulate/explain.ts';
import { GUARDS } from './simulate/guards/all.ts';
import { HELP, parseOptions, type SimulateOptions } from './simulate/options.ts';
import { guardNamed, printGuards } from './simulate/print-guards.ts';
import { runSeed } from './simulate/run-seed.ts';
import { shrink } from './simulate/shrink.ts';
import { addTo, emptyTally, summaryOf } from './simulate/tally.ts';
import { planOf } from './simulate/world/plan.ts';
import { processTerminal } from './start/terminal.ts';

/** Lives through made worlds in which everything goes wrong. `--help` says how. */
const terminal = processTerminal();
const BAR_CELLS = 30;
const LINES = 10;
const MOST_SHOWN = 5;

const progress = (done: number, of: number): void => {
  const full = Math.round((BAR_CELLS * done) / of);
  const bar = '#'.repeat(full) + '.'.repeat(BAR_CELLS - full);
  terminal.passing(`  ${terminal.paint('cyan', bar)} ${done} of ${of} worlds`);
  const every = Math.ceil(of / LINES);
  if (!terminal.isLive && of > 1 && done % every === 0) terminal.line(`  ${done} of ${of} worlds`);
};

const simulate = async (options: SimulateOptions): Promise<boolean> => {
  const tally = emptyTally();
  const startedAt = performance.now();
  let shown = 0;
  for (let seed = options.seed; seed < options.seed + options.seeds; seed += 1) {
    const plan = planOf(seed);
    const result = await runSeed(plan, options, options.trace);
    addTo(tally, result);
    for (const line of result.lines) terminal.line(line);
    if (result.problems.length > 0 && shown < MOST_SHOWN) {
      shown += 1;
      const isWhole = options.faults === null && options.happenings === null && !options.trace;
      const least = isWhole ? await shrink(plan, result) : { only: options, result };
      for (const line of explain(plan, least)) terminal.line(line);
    }
    progress(tally.seeds, options.seeds);
  }
  const tookSeconds = (performance.now() - startedAt) / 1000;
  for (const line of summaryOf(tally, tookSeconds)) terminal.line(line);
  return tally.broken === 0;
};

/** A guard that no promise misses within so many worlds is as good as none. */
const MOST_WORLDS_A_GUARD = 1_000;

const start = (options: SimulateOptions): Promise<boolean> => {
  if (options.guards) return printGuards(terminal, GUARDS, MOST_WORLDS_A_GUARD);
  if (options.without === null) return simulate(options);
  const guard = guardNamed(options.without);
  return printGuards(terminal, [{ ...guard, unseen: undefined }], options.seeds);
};

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) terminal.line(HELP);
  else process.exitCode = (await start(options)) ? 0 : 1;
} catch (error) {
  // Record: shown in plain words, and the exit code says that nothing was proven.
  terminal.line(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
