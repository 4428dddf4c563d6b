import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import * as z from 'zod';
import { type Guard, takenAway } from './guards/guard.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const foundSchema = z.object({ seed: z.number().nullable(), promise: z.string().nullable() });
/** The seed of the first world that broke a promise, and which; null where none did. */
export type Found = z.infer<typeof foundSchema>;

/** Leaves a guard out of its file, and touches nothing else. */
const without = (guard: Guard): Plugin => ({
  name: `without ${guard.name}`,
  setup: ({ onLoad }) => {
    const path = join(ROOT, guard.file);
    onLoad({ filter: /\.ts$/ }, async (args) => {
      if (args.path !== path) return undefined;
      return { contents: takenAway(guard, await readFile(path, 'utf8')), loader: 'ts' };
    });
  },
});

/** Lives through worlds without a guard, from seed 1 on, until one breaks a promise. */
export const huntWithout = async (guard: Guard, most: number): Promise<Found> => {
  const directory = await mkdtemp(join(tmpdir(), 'homeward-simulate-'));
  const outfile = join(directory, 'hunt.cjs');
  try {
    await build({
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node24', outfile },
      entryPoints: [join(ROOT, 'local/simulate/hunt.ts')],
      absWorkingDir: ROOT,
      plugins: [without(guard)],
      logLevel: 'error',
    });
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [outfile, '1', String(most)]);
    return foundSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
