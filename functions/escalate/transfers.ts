import type { IncidentId } from '#domain/liaison/event.ts';
import type { Transfer } from '#domain/liaison/transfer.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { ChangeTransfer } from '../adapters/change-transfer.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import type { TransferTimer } from '../adapters/scheduler/transfer-timer.ts';

export type TransferDeps = Readonly<{
  now: Clock;
  telemetry: Telemetry;
  changeTransfer: ChangeTransfer;
  transferTimer: TransferTimer;
}>;

type Due = Readonly<{ agencyId: AgencyId; incidentId: IncidentId; epoch: number }>;

/**
 * An incident whose receipt or acceptance is waited for, and whose time has come: it is sent again,
 * or people here are called.
 */
export const onTransferDue = async (
  deps: TransferDeps,
  { agencyId, incidentId, epoch }: Due,
): Promise<void> => {
  const { log, measure } = deps.telemetry;
  const command = { type: 'tick', epoch } as const;
  const { decision, transfer } = await deps.changeTransfer(agencyId, { incidentId, command });
  const ids = { agencyId, incidentId };
  if (decision.outcome === 'happened') {
    for (const { type } of decision.events) log.info(type, ids);
    for (const { type } of decision.events) measure(type, 1);
    return;
  }
  const reason = decision.outcome === 'nothing' ? decision.reason : decision.code;
  log.info('nothing to do', { ...ids, reason });
  // A schedule wakes us some minutes early: the delay that is exact is armed now.
  if (reason === 'early-tick' && transfer !== null) {
    await deps.transferTimer(agencyId, transfer, deps.now());
  }
};

/** A transfer that has changed: what is due is done, and what will be is waited for. */
export const onTransferChanged = async (
  deps: TransferDeps,
  { agencyId, transfer }: Readonly<{ agencyId: AgencyId; transfer: Transfer }>,
): Promise<void> => {
  const { incidentId, epoch, nextDueAt } = transfer;
  const now = deps.now();
  if (nextDueAt === null) return;
  if (nextDueAt > now) return deps.transferTimer(agencyId, transfer, now);
  await onTransferDue(deps, { agencyId, incidentId, epoch });
};
