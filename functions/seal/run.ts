import * as z from 'zod';
import { chainNameSchema } from '#domain/record/link.ts';
import type { BatchResponse } from '../middleware/batch.ts';
import { type ArchiveDeps, archiveChains } from './archive-chains.ts';
import { findUnsealed, type NetDeps } from './find-unsealed.ts';
import { type AnchorDeps, makeAnchor } from './make-anchor.ts';
import { sealEntries } from './seal-entries.ts';
import { entriesBatchSchema, workOffEntries } from './work-off-entries.ts';

export type RunDeps = NetDeps & AnchorDeps & ArchiveDeps;

/** What Lambda tells of the time that is left. */
export type TimeLimit = Readonly<{ getRemainingTimeInMillis: () => number }>;

/** Before its time is up an archiving stops between two chains. */
const RESERVE_MILLISECONDS = 60_000;

/** What the function is called for beside its stream. */
const jobSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anchor') }),
  z.strictObject({ kind: z.literal('archive') }),
  /** Looks through so many days, today among them. */
  z.strictObject({ kind: z.literal('net'), days: z.int().min(1).max(400) }),
  /** Seals all of one partition of the record: of a wearer from before there were chains. */
  z.strictObject({ kind: z.literal('chain'), chain: chainNameSchema }),
]);

const inputSchema = z.union([entriesBatchSchema, jobSchema]);

/**
 * Input: new entries of the record from its table's stream, or one of the jobs above, by a rule's
 * schedule or by hand. Everything it does may be done again, at the same time, and break off
 * anywhere.
 */
export const run =
  (deps: RunDeps) =>
  async (event: unknown, limit: TimeLimit): Promise<BatchResponse | undefined> => {
    const input = inputSchema.parse(event);
    if ('Records' in input) return workOffEntries(deps, input.Records);
    switch (input.kind) {
      case 'anchor':
        await makeAnchor(deps);
        return undefined;
      case 'archive':
        await archiveChains(deps, () => limit.getRemainingTimeInMillis() > RESERVE_MILLISECONDS);
        return undefined;
      case 'net':
        await findUnsealed(deps, input.days);
        return undefined;
      case 'chain':
        await sealEntries(deps, input.chain, await deps.chains.loadEntries(input.chain));
        return undefined;
      default:
        return input satisfies never;
    }
  };
