import { defineConfig } from 'vitest/config';

/** Two projects: `fast` needs no process beside the test's own; `stack` runs the real engines. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          setupFiles: 'test/support/seed-properties.ts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/stack/**', 'test/contracts/**'],
          // No test is about how long it takes; a machine with much else to do may be slow.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Every file would load the libraries anew otherwise, which takes longer than all tests.
          isolate: false,
        },
      },
      {
        test: {
          name: 'stack',
          setupFiles: 'test/support/seed-properties.ts',
          globalSetup: 'test/stack/set-up-run.ts',
          include: ['test/stack/**/*.test.ts', 'test/contracts/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
