import { versionAt } from '../evaluate/supervision-history.ts';
import type { Instant } from '../model/instant.ts';
import type { ProvenDocument, Verdict } from './verdict.ts';

/** A version that was in force, and the chain that names it. */
export type InForce = Readonly<{ chain: string; document: ProvenDocument }>;

/**
 * Which version of each document was in force at an instant, by what chains say: the latest of
 * those that begin by then. What came on record later, and counts from before, is among them; its
 * `changedAt` says so.
 */
export const inForceAt = (verdicts: readonly Verdict[], at: Instant): InForce[] =>
  verdicts.flatMap(({ chain, documents }) => {
    const names = [...new Set(documents.map(({ name }) => name))].sort();
    return names.flatMap((name) => {
      const document = versionAt(
        documents.filter((one) => one.name === name),
        at,
      );
      return chain === null || document === null ? [] : [{ chain, document }];
    });
  });
