import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { synthesize } from '#local/cloud/assembly/synthesize.ts';
import { DEMO_CONTEXT } from '#local/worlds/demo/context.ts';
import { killDay } from './kill/kill-day.ts';
import { VICTIMS } from './kill/one-run.ts';

/**
 * Kills the local cloud with kill -9, again and again, in the middle of a replay over a data
 * directory, and compares what comes out in the end with what must, and with a run in peace: every
 * accepted event evaluated, every alert and page there, none under another id.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '8' },
    world: { type: 'string', default: 'day' },
    seed: { type: 'string', default: '1' },
  },
});

const line = (text: string): void => console.log(text);
const directory = await mkdtemp(join(tmpdir(), 'bench-kill-'));
try {
  const cloudAssembly = join(directory, 'cdk.out');
  const appDirectory = fileURLToPath(new URL('../..', import.meta.url));
  await synthesize({ appDirectory, outDirectory: cloudAssembly, context: DEMO_CONTEXT });
  const [kills, seed] = [Number(values.kills), Number(values.seed)];
  const victims = Array.from({ length: Math.ceil(kills / VICTIMS.length) }, () => VICTIMS)
    .flat()
    .slice(0, kills);
  line(`World ${values.world}, ${kills} kills, seed ${seed}`);
  const problems = await killDay({
    ...{ worldName: values.world, cloudAssembly, directory, victims, seed, line },
  });
  for (const problem of problems) line(`WRONG: ${problem}`);
  line(
    problems.length === 0 ? 'Nothing lost, nothing paged under another id.' : 'Not as it must be.',
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}
