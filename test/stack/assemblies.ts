import { createHash } from 'node:crypto';
import { access, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { synthesize } from '#local/cloud/assembly/synthesize.ts';

export const APP = fileURLToPath(new URL('../..', import.meta.url));
export const FIXTURE_APP = fileURLToPath(new URL('./fixture-app', import.meta.url));

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * The cloud assembly of an app, made once for all files of a run, which only read it; `context` is
 * what -c would give.
 */
export const assemblyOf = async (
  appDirectory: string,
  context: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const name = createHash('sha256')
    .update(JSON.stringify([appDirectory, context]))
    .digest('hex');
  const directory = join(inject('assemblies'), name);
  if (await isThere(directory)) return directory;
  // It gets its name when it is whole: one that was broken off is made anew.
  const outDirectory = `${directory}.${process.pid}`;
  await synthesize({ appDirectory, context, outDirectory });
  await rename(outDirectory, directory);
  return directory;
};
