import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AwsClient } from 'aws4fetch';
import { alertChanges } from '../adapters/alert-changes.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alertsAt } from '../adapters/dynamodb/alerts-at.ts';
import { deviceBatches } from '../adapters/dynamodb/device-batches.ts';
import { documents } from '../adapters/dynamodb/documents.ts';
import { outbox } from '../adapters/dynamodb/outbox.ts';
import { parkedStretches } from '../adapters/dynamodb/parked-stretches.ts';
import { parkedWearers } from '../adapters/dynamodb/parked-wearers.ts';
import { histories, supervisions, timelines } from '../adapters/dynamodb/supervisions.ts';
import { trail } from '../adapters/dynamodb/trail.ts';
import { documentsAsAt } from '../adapters/dynamodb/versions.ts';
import { recordedMarks } from '../adapters/dynamodb/violations.ts';
import { wearerStates } from '../adapters/dynamodb/wearer-states.ts';
import { zoneListStore } from '../adapters/dynamodb/zone-lists.ts';
import { telemetry } from '../adapters/log/log.ts';
import { objects, s3Surroundings } from '../adapters/s3/objects.ts';
import { trailArchive } from '../adapters/s3/trail-archive.ts';
import { secret } from '../adapters/secrets/secret.ts';
import { contactTopics } from '../adapters/sns/contact-topics.ts';
import { queue } from '../adapters/sqs/queue.ts';
import { wholeSlices } from '../adapters/whole-slices.ts';
import { wholeTrail } from '../adapters/whole-trail.ts';
import { envSchema } from './env.ts';
import { linkTable, type RouteDeps, routeTable } from './route-table.ts';
import type { ApiDeps } from './run.ts';

export const createDeps = (): ApiDeps => {
  const env = envSchema.parse(process.env);
  const dynamodb = new DynamoDBClient();
  const s3 = s3Surroundings(process.env);
  const told = telemetry();
  const clients = { dynamodb, sqs: new SQSClient(), scheduler: new SchedulerClient() };
  const states = wearerStates(dynamodb, env.STATE_TABLE);
  const { alerts, changeAlert, context } = alertChanges({ ...clients, log: told.log }, env);
  const table = trail(dynamodb, env.TRAIL_TABLE);
  const archive = trailArchive(objects(new AwsClient(s3.client), s3.urlOf(env.TRAIL_BUCKET)));
  const tables = { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE };
  const deps: RouteDeps = {
    alerts,
    changeAlert,
    context,
    documents: documents(dynamodb, env.MONITORING_TABLE),
    loadDeviceBatches: deviceBatches(dynamodb, env.MONITORING_TABLE),
    monitoringTable: env.MONITORING_TABLE,
    zoneLists: zoneListStore(dynamodb, env.MONITORING_TABLE),
    tzdataVersion: process.versions.tz ?? 'unknown',
    ensureContactTopic: contactTopics(new SNSClient(), env.CONTACT_TOPIC_PREFIX),
    newSecret: () => randomBytes(32).toString('base64url'),
    newSeed: () => randomBytes(32).toString('hex'),
    newTokenId: () => randomBytes(9).toString('hex'),
    outbox: outbox(dynamodb, env.MONITORING_TABLE),
    linkSecret: secret(new SecretsManagerClient(), env.LINK_SECRET_ARN, systemClock),
    loadState: states.loadOne,
    findState: states.find,
    loadParked: parkedWearers(dynamodb, env.STATE_TABLE),
    events: queue(clients.sqs, env.EVENTS_QUEUE_URL),
    loadSupervision: supervisions(dynamodb, env.MONITORING_TABLE),
    trail: wholeTrail({ table, archive, now: systemClock }),
    loadSlices: wholeSlices({ loadState: states.loadOne, table, archive, now: systemClock }),
    loadHistory: histories(dynamodb, env.MONITORING_TABLE),
    loadTimeline: timelines(dynamodb, env.MONITORING_TABLE),
    loadDocumentAt: documentsAsAt(dynamodb, env.MONITORING_TABLE),
    loadParkedStretches: parkedStretches(dynamodb, env.MONITORING_TABLE),
    loadMarks: recordedMarks(dynamodb, env.MONITORING_TABLE),
    loadAlertsAt: alertsAt(dynamodb, tables),
  };
  return {
    now: systemClock,
    routes: routeTable(deps),
    linkRoutes: linkTable(deps),
    telemetry: told,
  };
};
