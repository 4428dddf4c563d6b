import type { Transfer } from '#domain/liaison/transfer.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { errorName, type Log } from '../log/log.ts';
import type { DeadlineMessage } from '../sqs/messages.ts';
import type { ArmTimer } from './arm-timer.ts';

export type TransferTimer = (agencyId: AgencyId, transfer: Transfer, now: Instant) => Promise<void>;

/** Arms the timer of what is next due of a transfer, where anything is. */
export const transferTimer =
  (armTimer: ArmTimer, log: Log): TransferTimer =>
  async (agencyId, { incidentId, epoch, nextDueAt: dueAt }, now) => {
    if (dueAt === null) return;
    const message: DeadlineMessage = { kind: 'transfer-due', agencyId, incidentId, epoch, dueAt };
    try {
      await armTimer({ name: `${agencyId} ${incidentId} ${epoch}`, dueAt, message }, now);
    } catch (error) {
      // Record: the transfer's row says when it is due, and the sweep finds it there.
      log.warn('timer not armed', { agencyId, incidentId, error: errorName(error) });
    }
  };
