import fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  approachesProtected,
  fallsShortlySilent,
  livesNotFar,
  losesProtected,
} from '#local/worlds/generators/victim-proximity.ts';
import { AT_ONCE, expectTold } from '#test/support/oracle-days.ts';

/** Uploads together, of every size, with repeats; none held back. */
const uploads = fc.record({
  ...{ seed: fc.nat(1e6), heldPercent: fc.constant(0), heldSeconds: fc.constant(0) },
  everySeconds: fc.constantFrom(1, 60, 240),
  repeatPercent: fc.constantFrom(0, 30),
});

describe('given days of a wearer and a protected person', () => {
  it('finds each approach once in each circle, in time', () => {
    expectTold(approachesProtected, { numRuns: 3, deliveries: uploads });
  });

  it('finds nothing where they live two to three kilometres apart', () => {
    expectTold(livesNotFar, { numRuns: 3, deliveries: uploads });
  });

  it('finds the loss of the device of the protected person, and nothing else', () => {
    expectTold(losesProtected, { numRuns: 2, deliveries: fc.constant(AT_ONCE) });
  });

  it('finds nothing in ten minutes without a word', () => {
    expectTold(fallsShortlySilent, { numRuns: 2, deliveries: fc.constant(AT_ONCE) });
  });
});
