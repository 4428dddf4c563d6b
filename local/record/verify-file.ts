import type { Verdict } from '#domain/record/verdict.ts';
import type { Known } from '#domain/record/verify.ts';
import { newChainsVerifier } from '#domain/record/verify-chains.ts';
import { nodeCrypto } from './node-crypto.ts';
import { readLines } from './read-lines.ts';

const TOLD_EVERY = 10_000;

/** Verifies a file's chains as it is read; `told` hears now and then of how many lines that is. */
export const verifyFile = async (
  path: string,
  known: Known,
  told: (lines: number) => void,
): Promise<readonly [Verdict, ...Verdict[]]> => {
  const verifier = newChainsVerifier(nodeCrypto, known);
  let lines = 0;
  for await (const line of readLines(path)) {
    verifier.take(line);
    lines += 1;
    if (lines % TOLD_EVERY === 0) told(lines);
  }
  return verifier.finish();
};
