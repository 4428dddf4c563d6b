import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alertDeadline } from '../adapters/dynamodb/alert-deadline.ts';
import { deviceBatches } from '../adapters/dynamodb/device-batches.ts';
import { due } from '../adapters/dynamodb/due.ts';
import { silentFeeds } from '../adapters/dynamodb/feeds.ts';
import { outbox } from '../adapters/dynamodb/outbox.ts';
import { parkedWearers } from '../adapters/dynamodb/parked-wearers.ts';
import { sweepZoneListDraft } from '../adapters/dynamodb/zone-list-drafts.ts';
import { telemetry } from '../adapters/log/log.ts';
import { queue } from '../adapters/sqs/queue.ts';
import { envSchema } from './env.ts';
import type { SweepDeps } from './run.ts';

export const createDeps = (): SweepDeps => {
  const env = envSchema.parse(process.env);
  const client = new DynamoDBClient();
  const sqs = new SQSClient();
  return {
    now: systemClock,
    agencyId: env.AGENCY,
    loadDeviceBatches: deviceBatches(client, env.MONITORING_TABLE),
    loadDueWearers: due(client, env.STATE_TABLE),
    loadParked: parkedWearers(client, env.STATE_TABLE),
    loadDueRows: due(client, env.MONITORING_TABLE),
    loadSilentFeeds: silentFeeds(client, env.MONITORING_TABLE),
    feedLateAfterSeconds: env.FEED_LATE_AFTER_SECONDS,
    loadDeadline: alertDeadline(client, env.MONITORING_TABLE),
    sweepDraft: sweepZoneListDraft(client, env.MONITORING_TABLE),
    outbox: outbox(client, env.MONITORING_TABLE),
    events: queue(sqs, env.EVENTS_QUEUE_URL),
    deadlines: queue(sqs, env.DEADLINES_QUEUE_URL),
    telemetry: telemetry(),
  };
};
