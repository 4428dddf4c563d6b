import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the cloud assemblies of a run lie, for all its files. */
    assemblies: string;
  }
}

/** Before the first file of a run, and after the last. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const assemblies = await mkdtemp(join(tmpdir(), 'assemblies-'));
  project.provide('assemblies', assemblies);
  return () => rm(assemblies, { recursive: true, force: true });
};
