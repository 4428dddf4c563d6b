import { writeFile } from 'node:fs/promises';
import { createClock } from '#local/cloud/clock/clock.ts';
import { startCloud } from '#local/cloud/cloud.ts';
import { HELP, parseLoadOptions } from './load/options.ts';
import { figuresOf } from './load/report/figures.ts';
import { linesOf } from './load/report/lines.ts';
import { runLoad } from './load/run-load.ts';

/**
 * A caseload of made-up wearers, posted by a head-end of its own process through the whole stack on
 * this machine: a steady stretch, a burst, a backlog; with violations hidden in it.
 */
const main = async (): Promise<void> => {
  const options = parseLoadOptions(process.argv.slice(2));
  if (options.help) return console.log(HELP);
  const cloud = await startCloud({
    appDirectory: new URL('../..', import.meta.url).pathname,
    clock: createClock({ mode: 'real' }),
    log: (line) => console.log(`cloud: ${line}`),
  });
  try {
    const run = await runLoad(cloud, options);
    const figures = figuresOf(run);
    console.log(linesOf(run, figures).join('\n'));
    if (options.json !== null) await writeFile(options.json, JSON.stringify(figures, null, 2));
    if (!figures.isSound) process.exitCode = 1;
  } finally {
    await cloud.stop();
  }
};

main().catch((error: unknown) => {
  // Record: whoever started this reads it, and the exit code says the same.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
