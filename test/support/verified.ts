import type { Verdict } from '#domain/record/verdict.ts';
import { type Known, newVerifier } from '#domain/record/verify.ts';
import { nodeCrypto } from '#local/record/node-crypto.ts';

const NOBODY: Known = { chain: null, keyId: null };

/** What comes of a text, line by line, as the command reads a file. */
export const verified = (text: string, known: Partial<Known> = {}): Verdict => {
  const verifier = newVerifier(nodeCrypto, { ...NOBODY, ...known });
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) verifier.take(line);
  return verifier.finish();
};
