import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { AlertCommand, AlertDecision, Moment } from '#domain/escalate/alert-commands.ts';
import { decide } from '#domain/escalate/decide.ts';
import { transition } from '#domain/escalate/transition.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { AgencyId, AlertId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Clock } from './clock/system-clock.ts';
import type { Alerts } from './dynamodb/alerts.ts';
import type { RecordRefusal } from './dynamodb/refusals.ts';
import type { AlertTimer } from './scheduler/alert-timer.ts';

export type ChangeAlertDeps = Readonly<{
  now: Clock;
  alerts: Alerts;
  alertTimer: AlertTimer;
  recordRefusal: RecordRefusal;
}>;

/** What is asked of an alert, prepared for the alert as it now stands. */
export type Asked = Readonly<{
  command: AlertCommand;
  roster: Moment['roster'];
  beside?: readonly TransactWriteItem[];
}>;

export type Changed = Readonly<{ decision: AlertDecision; alert: Alert | null }>;

const MOST_TRIES = 6;

type Attempt = Readonly<{ alert: Alert | null; command: AlertCommand; at: Instant }>;

/** What a person asked in vain is on record too; of an alert that there is none, nothing is. */
const putRefusal = async (
  { recordRefusal }: ChangeAlertDeps,
  agencyId: AgencyId,
  { decision, alert, command, at }: Attempt & Readonly<{ decision: AlertDecision }>,
): Promise<void> => {
  if (decision.outcome !== 'refused' || alert === null || !('by' in command)) return;
  const { code, by: actedBy, at: actedAt } = decision.refusal;
  await recordRefusal(agencyId, {
    ...{ at, alertId: alert.alertId, wearerId: alert.wearerId },
    ...{ command: command.type, by: command.by },
    epoch: 'epoch' in command ? command.epoch : null,
    ...{ code, actedBy, actedAt },
  });
};

/**
 * Loads an alert, decides, saves on the epoch that was read, and arms its timer. Where somebody
 * else wrote in between, all of it again: two who act at once each get a true answer. What is
 * refused is put on record.
 */
export const changeAlert =
  (deps: ChangeAlertDeps) =>
  async (
    agencyId: AgencyId,
    alertId: AlertId,
    ask: (alert: Alert | null) => Promise<Asked>,
  ): Promise<Changed> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await deps.alerts.load(agencyId, alertId);
      const { command, roster, beside } = await ask(before);
      const now = deps.now();
      const decision = decide(before, command, { now, roster });
      if (decision.outcome !== 'happened') {
        await putRefusal(deps, agencyId, { decision, alert: before, command, at: now });
        return { decision, alert: before };
      }
      const change = transition(before, decision.events);
      if (change === null) return { decision, alert: before };
      if ((await deps.alerts.save(agencyId, change, beside)) === 'saved') {
        await deps.alertTimer(agencyId, change.after, now);
        return { decision, alert: change.after };
      }
    }
    throw new Error(`alert ${alertId} kept being changed by others`);
  };
export type ChangeAlert = ReturnType<typeof changeAlert>;
