import { describe, expect, it } from 'vitest';
import { type CheckedFunction, functionProblem } from '#local/cloud/resources/function-limits.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html

const problemOf = (given: Partial<CheckedFunction>): string | undefined =>
  functionProblem({ Timeout: 3, MemorySize: 128, Environment: { Variables: {} }, ...given });

const variables = (given: Record<string, string>) => ({ Environment: { Variables: given } });

/** Variables whose JSON has just so many bytes. */
const ofBytes = (bytes: number): Record<string, string> => ({
  TEXT: 'x'.repeat(bytes - JSON.stringify({ TEXT: '' }).length),
});

describe('given the properties of a function', () => {
  it.each([
    ['the smallest', { Timeout: 1, MemorySize: 128, ReservedConcurrentExecutions: 0 }],
    ['the largest', { Timeout: 900, MemorySize: 10_240, ReservedConcurrentExecutions: 900 }],
    ['an environment of 4 KB', variables(ofBytes(4096))],
  ])('takes %s', (_, given) => {
    expect(problemOf(given)).toBeUndefined();
  });

  it.each([
    ['no time', { Timeout: 0 }, 'a timeout of 0 s'],
    ['more than fifteen minutes', { Timeout: 901 }, 'a timeout of 901 s'],
    ['too little memory', { MemorySize: 127 }, 'a memory of 127 MB'],
    ['too much memory', { MemorySize: 10_241 }, 'a memory of 10241 MB'],
    ['all places of the account', { ReservedConcurrentExecutions: 901 }, 'no 100 of 1,000'],
    ['an environment above 4 KB', variables(ofBytes(4097)), 'take 4097 bytes'],
    [
      'an environment of more bytes than characters',
      variables({ TEXT: 'ü'.repeat(2100) }),
      'bytes',
    ],
    [
      'a reserved name',
      variables({ AWS_REGION: 'x' }),
      'reserves the environment variable AWS_REG',
    ],
    ['a name with a digit first', variables({ '1A': 'x' }), '"1A" is no name'],
    ['a name of one character', variables({ A: 'x' }), '"A" is no name'],
  ])('refuses %s', (_, given, problem) => {
    expect(problemOf(given)).toContain(problem);
  });
});
