import type { Alert } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Log } from '../log/log.ts';
import { errorName } from '../log/log.ts';
import type { DeadlineMessage } from '../sqs/messages.ts';
import type { ArmTimer } from './arm-timer.ts';

export type AlertTimer = (agencyId: AgencyId, alert: Alert, now: Instant) => Promise<void>;

/** Arms the timer of an alert's next due instant, where there is one. */
export const alertTimer =
  (armTimer: ArmTimer, log: Log): AlertTimer =>
  async (agencyId, alert, now) => {
    const { alertId, epoch, nextDueAt: dueAt } = alert;
    if (dueAt === null) return;
    const message: DeadlineMessage = { kind: 'alert-due', agencyId, alertId, epoch, dueAt };
    try {
      await armTimer({ name: `${agencyId} ${alertId} ${epoch}`, dueAt, message }, now);
    } catch (error) {
      // Record: the alert's row says when it is due, and the sweep finds it there.
      log.warn('timer not armed', { agencyId, alertId, error: errorName(error) });
    }
  };
