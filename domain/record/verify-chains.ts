import { digestOfAnchor } from './anchor.ts';
import { type ExportLine, exportLineSchema, type LineOf } from './export-line.ts';
import { plainJson } from './plain-json.ts';
import type { Verdict } from './verdict.ts';
import { type Known, newVerifier } from './verify.ts';
import type { Crypto } from './verify-anchor.ts';

const agencyOf = (chain: string): string => chain.slice(0, chain.indexOf('#'));

const isHead = (text: string): boolean =>
  exportLineSchema.safeParse(plainJson(text)).data?.kind === 'head';

/** What the chains of one file have to do with each other. */
const newCompany = (crypto: Crypto) => {
  const chains: string[] = [];
  const anchors = new Map<number, string>();
  let key: string | null = null;

  const headProblem = ({ chain }: LineOf<'head'>): string | null => {
    const [first = chain] = chains;
    const isThere = chains.includes(chain);
    chains.push(chain);
    if (agencyOf(first) !== agencyOf(chain)) return `${chain} is of another agency than ${first}`;
    return isThere ? `${chain} stands in this file twice` : null;
  };

  const anchorProblem = ({ signed: { anchor } }: LineOf<'anchor'>): string | null => {
    const digest = digestOfAnchor(crypto.hash, anchor);
    const known = anchors.get(anchor.number) ?? digest;
    anchors.set(anchor.number, known);
    if (known !== digest) return `anchor ${anchor.number} is another one in a chain before`;
    key ??= anchor.keyId;
    const isOfKey = key === anchor.keyId;
    return isOfKey ? null : `anchor ${anchor.number} is signed with another key than before`;
  };

  return (line: ExportLine): string | null => {
    if (line.kind === 'head') return headProblem(line);
    return line.kind === 'anchor' ? anchorProblem(line) : null;
  };
};

/**
 * Verifies a file of one chain, or of a chain with others after it: each by itself, and that none
 * is of another agency or there twice, and that an anchor which holds several is one and the same.
 * `finish` gives the verdict on each, in their order; the first is of the chain that was asked for.
 */
export const newChainsVerifier = (crypto: Crypto, known: Known) => {
  const company = newCompany(crypto);
  const done: Verdict[] = [];
  let current = newVerifier(crypto, known);
  let lines = 0;
  return {
    take: (text: string): void => {
      if (current.hasEnded() && isHead(text)) {
        done.push(current.finish());
        // What is known of a chain is known of the first; the key is the agency's.
        current = newVerifier(crypto, { chain: null, keyId: known.keyId }, lines);
      }
      const line = current.take(text);
      const problem = line === null ? null : company(line);
      if (problem !== null) current.object(problem);
      lines += 1;
    },
    finish: (): readonly [Verdict, ...Verdict[]] => {
      const last = current.finish();
      const [first, ...others] = done;
      return first === undefined ? [last] : [first, ...others, last];
    },
  };
};
