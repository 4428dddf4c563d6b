import type { Verdict } from '#domain/record/verdict.ts';
import { type Known, newVerifier } from '#domain/record/verify.ts';
import { nodeCrypto } from './node-crypto.ts';
import { readLines } from './read-lines.ts';

const TOLD_EVERY = 10_000;

/** Verifies a file as it is read; `told` hears now and then of how many lines that is. */
export const verifyFile = async (
  path: string,
  known: Known,
  told: (lines: number) => void,
): Promise<Verdict> => {
  const verifier = newVerifier(nodeCrypto, known);
  let lines = 0;
  for await (const line of readLines(path)) {
    verifier.take(line);
    lines += 1;
    if (lines % TOLD_EVERY === 0) told(lines);
  }
  return verifier.finish();
};
