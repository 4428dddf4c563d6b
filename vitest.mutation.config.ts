import { defineConfig, type Plugin } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Quick files first: most mutants fall to them, before any day is lived. */
class QuickFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(specifications)).reverse();
  }
}

/**
 * Stryker's code counts what each test reaches. The first run needs that; in those of the mutants
 * (which have a limit of hits) it would take most of the time.
 */
const countsOnce: Plugin = {
  name: 'counts-once',
  enforce: 'pre',
  transform: (code) =>
    code.replace(
      'stryCov_9fa48 = cover;',
      'stryCov_9fa48 = ns.hitLimit === undefined ? cover : () => {};',
    ),
};

/** The tests which Stryker runs for each mutant: those of domain, or of a part of it. */
export default defineConfig({
  plugins: [countsOnce],
  test: {
    include: [`test/domain/${process.env.BY ?? '**/*'}.test.ts`],
    // It holds the reading of a shape to seconds, and code that counts its coverage is slower.
    exclude: ['test/domain/geo/finest-shape.test.ts'],
    setupFiles: ['test/support/seed-properties.ts', 'test/support/no-shrinking.ts'],
    testTimeout: 30_000,
    isolate: false,
    sequence: { sequencer: QuickFirst },
  },
});
