import { join } from 'node:path';
import { startVitest, type TestModule } from 'vitest/node';
import { type Guard, takenAway } from './guards/guard.ts';
import { ROOT } from './hunt-guard.ts';

const TIMEOUT_MILLISECONDS = 60_000;

/** How many tests are red. Throws where a file does not even load: that shows no guard. */
const redTests = (modules: readonly TestModule[]): number => {
  const tests = modules.flatMap(({ children }) => [...children.allTests()]);
  if (tests.length === 0) {
    const [error] = modules.flatMap((module) => module.errors());
    throw new Error(`no test ran: ${error?.message ?? 'the file has none'}`);
  }
  return tests.filter((test) => test.result().state === 'failed').length;
};

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
  const modules = vitest.state.getTestModules();
  await vitest.close();
  // Vitest says so of this process, too: here red is what is wanted.
  process.exitCode = 0;
  return redTests(modules);
};
