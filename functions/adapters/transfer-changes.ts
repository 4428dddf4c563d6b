import type { AlertClients, AlertEnvironment } from './alert-changes.ts';
import { changeTransfer } from './change-transfer.ts';
import { transfers } from './dynamodb/transfers.ts';
import { armTimer } from './scheduler/arm-timer.ts';
import { transferTimer } from './scheduler/transfer-timer.ts';
import { queue } from './sqs/queue.ts';
import type { Surroundings } from './surroundings.ts';

/** What whoever changes transfers needs, be it for the clock or for a liaison. */
export const transferChanges = (
  { dynamodb, sqs, scheduler }: AlertClients,
  env: AlertEnvironment,
  { now, telemetry: { log } }: Surroundings,
) => {
  const store = transfers(dynamodb, {
    monitoring: env.MONITORING_TABLE,
    record: env.RECORD_TABLE,
  });
  const arm = armTimer({
    queue: queue(sqs, env.DEADLINES_QUEUE_URL),
    queueArn: env.DEADLINES_QUEUE_ARN,
    scheduler,
    scheduleGroup: env.SCHEDULE_GROUP,
    scheduleRoleArn: env.SCHEDULE_ROLE_ARN,
  });
  return {
    transfers: store,
    transferTimer: transferTimer(arm, log),
    changeTransfer: changeTransfer({ now, transfers: store }),
  };
};
