import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { contactReminders } from '../adapters/dynamodb/contact-reminders.ts';
import { deviceBatches } from '../adapters/dynamodb/device-batches.ts';
import { due } from '../adapters/dynamodb/due.ts';
import { silentFeeds } from '../adapters/dynamodb/feeds.ts';
import { outbox } from '../adapters/dynamodb/outbox.ts';
import { parkedWearers } from '../adapters/dynamodb/parked-wearers.ts';
import { endLevel } from '../adapters/dynamodb/supervision-levels.ts';
import { raiseTask } from '../adapters/dynamodb/tasks.ts';
import { wakeAlert } from '../adapters/dynamodb/wake-alert.ts';
import { sweepZoneListDraft } from '../adapters/dynamodb/zone-list-drafts.ts';
import { telemetry } from '../adapters/log/log.ts';
import { queue } from '../adapters/sqs/queue.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import type { SweepDeps } from './run.ts';

type Clients = Readonly<{ dynamodb: DynamoDBClient; sqs: SQSClient }>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, sqs }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): SweepDeps => ({
  now,
  agencyId: env.AGENCY,
  loadDeviceBatches: deviceBatches(dynamodb, env.MONITORING_TABLE),
  loadDueWearers: due(dynamodb, env.STATE_TABLE),
  loadParked: parkedWearers(dynamodb, env.STATE_TABLE),
  loadDueRows: due(dynamodb, env.MONITORING_TABLE),
  loadSilentFeeds: silentFeeds(dynamodb, env.MONITORING_TABLE),
  feedLateAfterSeconds: env.FEED_LATE_AFTER_SECONDS,
  wakeAlert: wakeAlert(dynamodb, env.MONITORING_TABLE),
  sweepDraft: sweepZoneListDraft(dynamodb, env.MONITORING_TABLE),
  remindOfContacts: contactReminders(dynamodb, env.MONITORING_TABLE),
  raiseTask: raiseTask(dynamodb, env.MONITORING_TABLE),
  endLevel: endLevel(dynamodb, {
    monitoring: env.MONITORING_TABLE,
    record: env.RECORD_TABLE,
  }),
  outbox: outbox(dynamodb, env.MONITORING_TABLE),
  events: queue(sqs, env.EVENTS_QUEUE_URL),
  deliveries: queue(sqs, env.DELIVERIES_QUEUE_URL),
  telemetry: told,
});

export const createDeps = (): SweepDeps => {
  const clients = { dynamodb: new DynamoDBClient(), sqs: new SQSClient() };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
