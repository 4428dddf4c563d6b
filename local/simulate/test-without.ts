import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { type Guard, takenAway } from './guards/guard.ts';
import { ROOT } from './hunt-guard.ts';

const TIMEOUT_MILLISECONDS = 60_000;

/** Runs a guard's own test without the guard: how many of its tests are red. */
export const failuresWithout = async (guard: Guard, test: string): Promise<number> => {
  const path = join(ROOT, guard.file);
  const vitest = await startVitest(
    'test',
    [test],
    {
      ...{ root: ROOT, config: false, watch: false, include: [test], reporters: [{}] },
      ...{ testTimeout: TIMEOUT_MILLISECONDS, hookTimeout: TIMEOUT_MILLISECONDS },
    },
    {
      plugins: [
        {
          name: `without ${guard.name}`,
          enforce: 'pre',
          transform: (source, id) => (id === path ? takenAway(guard, source) : undefined),
        },
      ],
    },
  );
  const failures = vitest.state.getCountOfFailedTests();
  await vitest.close();
  // Vitest says so of this process, too: here red is what is wanted.
  process.exitCode = 0;
  return failures;
};
