import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { decideTransfer } from '#domain/liaison/decide-transfer.ts';
import type { IncidentId } from '#domain/liaison/event.ts';
import { afterEvents } from '#domain/liaison/evolve-transfer.ts';
import type { Transfer } from '#domain/liaison/transfer.ts';
import type { TransferCommand, TransferDecision } from '#domain/liaison/transfer-commands.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Clock } from './clock/system-clock.ts';
import type { Transfers } from './dynamodb/transfers.ts';

export type ChangeTransferDeps = Readonly<{
  now: Clock;
  transfers: Pick<Transfers, 'load' | 'save'>;
}>;

/** What comes to a transfer, and what is saved with whatever follows from it. */
export type ToTransfer = Readonly<{
  incidentId: IncidentId;
  command: TransferCommand;
  beside?: readonly TransactWriteItem[];
  /** Whether the same has been taken meanwhile, where what is saved beside it can say so. */
  isKnown?: () => Promise<boolean>;
}>;

export type ChangedTransfer = Readonly<{
  decision: TransferDecision;
  transfer: Transfer | null;
}>;

const MOST_TRIES = 6;
const KNOWN: TransferDecision = { outcome: 'nothing', reason: 'message-known' };

/**
 * Loads a transfer, decides, and saves on the epoch that was read; where somebody else wrote in
 * between, all of it again. Its timer is armed by escalation, which the stream tells of the change.
 */
export const changeTransfer =
  ({ now, transfers }: ChangeTransferDeps) =>
  async (
    agencyId: AgencyId,
    { incidentId, command, beside, isKnown }: ToTransfer,
  ): Promise<ChangedTransfer> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await transfers.load(agencyId, incidentId);
      const decision = decideTransfer(before, command, now());
      if (decision.outcome !== 'happened') return { decision, transfer: before };
      const { events } = decision;
      const after = afterEvents(before, events);
      if (after === null) return { decision, transfer: before };
      const saved = await transfers.save(agencyId, { before, after, events }, beside);
      if (saved === 'saved') return { decision, transfer: after };
      if ((await isKnown?.()) === true) {
        return { decision: KNOWN, transfer: await transfers.load(agencyId, incidentId) };
      }
    }
    throw new Error(`transfer ${incidentId} kept being changed by others`);
  };
export type ChangeTransfer = ReturnType<typeof changeTransfer>;
