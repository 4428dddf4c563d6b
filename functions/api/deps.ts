import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AwsClient } from 'aws4fetch';
import type * as z from 'zod';
import { alertChanges } from '../adapters/alert-changes.ts';
import { pause } from '../adapters/clock/pause.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alertHistories } from '../adapters/dynamodb/alert-histories.ts';
import { alertMemos } from '../adapters/dynamodb/alert-memos.ts';
import { alertsAt } from '../adapters/dynamodb/alerts-at.ts';
import { allowances } from '../adapters/dynamodb/allowances.ts';
import { loadDelivered } from '../adapters/dynamodb/delivered.ts';
import { noteUnusable } from '../adapters/dynamodb/delivery-trouble.ts';
import { deviceBatches } from '../adapters/dynamodb/device-batches.ts';
import { disclosures } from '../adapters/dynamodb/disclosures.ts';
import { documentExports } from '../adapters/dynamodb/document-exports.ts';
import { documents } from '../adapters/dynamodb/documents.ts';
import { feedDeliveries } from '../adapters/dynamodb/feed-deliveries.ts';
import { firstPaged } from '../adapters/dynamodb/first-paged.ts';
import { appendToFeed } from '../adapters/dynamodb/liaison-feed-append.ts';
import { liaisonFeeds } from '../adapters/dynamodb/liaison-feeds.ts';
import { liaisons } from '../adapters/dynamodb/liaisons.ts';
import { links } from '../adapters/dynamodb/links.ts';
import { listedAlerts } from '../adapters/dynamodb/listed-alerts.ts';
import { listedDocuments } from '../adapters/dynamodb/listed-documents.ts';
import { onWearers } from '../adapters/dynamodb/on-wearers.ts';
import { outbox } from '../adapters/dynamodb/outbox.ts';
import { parkedStretches } from '../adapters/dynamodb/parked-stretches.ts';
import { parkedWearers } from '../adapters/dynamodb/parked-wearers.ts';
import { pauseStore } from '../adapters/dynamodb/pauses.ts';
import { people } from '../adapters/dynamodb/people.ts';
import { policeCalls } from '../adapters/dynamodb/police-calls.ts';
import { readRecord } from '../adapters/dynamodb/read-record.ts';
import { putReading, readings } from '../adapters/dynamodb/readings.ts';
import { recordExports } from '../adapters/dynamodb/record-exports.ts';
import { loadRetentionPolicy, retentionFacts } from '../adapters/dynamodb/retention-facts.ts';
import { loadRetentionGuard } from '../adapters/dynamodb/retention-guard.ts';
import { rotaStore } from '../adapters/dynamodb/rotas.ts';
import { histories, supervisions, timelines } from '../adapters/dynamodb/supervisions.ts';
import { takenMessages } from '../adapters/dynamodb/taken-messages.ts';
import { sha256Hex } from '../adapters/dynamodb/tokens.ts';
import { trail } from '../adapters/dynamodb/trail.ts';
import { documentsAsAt } from '../adapters/dynamodb/versions.ts';
import { recordedMarks } from '../adapters/dynamodb/violations.ts';
import { wearerList } from '../adapters/dynamodb/wearer-list.ts';
import { wearerStates } from '../adapters/dynamodb/wearer-states.ts';
import { wearerVersions } from '../adapters/dynamodb/wearer-versions.ts';
import { wearerViolations } from '../adapters/dynamodb/wearer-violations.ts';
import { zoneListStore } from '../adapters/dynamodb/zone-lists.ts';
import { makeIncidentId } from '../adapters/feed-keys/incident-id.ts';
import { keyRing } from '../adapters/feed-keys/key-ring.ts';
import { imports } from '../adapters/imports.ts';
import { telemetry } from '../adapters/log/log.ts';
import { noteReceipt } from '../adapters/note-receipt.ts';
import { importedSheets } from '../adapters/s3/imported-sheets.ts';
import { type Objects, objects, s3Surroundings } from '../adapters/s3/objects.ts';
import { type SignLink, signedLinks } from '../adapters/s3/signed-links.ts';
import { trailArchive } from '../adapters/s3/trail-archive.ts';
import { secret } from '../adapters/secrets/secret.ts';
import { contactTopics } from '../adapters/sns/contact-topics.ts';
import { askForDelivery } from '../adapters/sqs/ask-for-delivery.ts';
import { queue } from '../adapters/sqs/queue.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { transferChanges } from '../adapters/transfer-changes.ts';
import { wholeSlices } from '../adapters/whole-slices.ts';
import { wholeTrail } from '../adapters/whole-trail.ts';
import { caseworkDeps } from './casework-deps.ts';
import { envSchema } from './env.ts';
import { reportDeps } from './report-deps.ts';
import { liaisonTable, linkTable, type RouteDeps, routeTable } from './route-table.ts';
import type { ApiDeps } from './run.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  sns: SNSClient;
  scheduler: SchedulerClient;
  secrets: SecretsManagerClient;
  trailBucket: Objects;
  signLink: SignLink;
}>;

/** The bytes of which tokens, their names and the seeds of checks are made. */
type Around = Surroundings & Readonly<{ chance: (bytes: number) => Buffer }>;

type Tables = Readonly<{ monitoring: string; record: string }>;

/** What became of alerts, over time. */
const responseDeps = (dynamodb: DynamoDBClient, tables: Tables) => ({
  loadAlertsAt: alertsAt(dynamodb, tables),
  loadListed: listedAlerts(dynamodb, tables.monitoring),
  loadHistories: alertHistories(dynamodb, tables),
  loadFirstPaged: firstPaged(dynamodb, tables.monitoring),
  loadPoliceCalls: policeCalls(dynamodb, tables.monitoring),
});

/** What is held of a wearer as a whole, how long, and what stands in the way of its going. */
const historyDeps = ({ dynamodb, trailBucket }: Clients, env: z.infer<typeof envSchema>) => ({
  wearerVersions: wearerVersions(dynamodb, env.MONITORING_TABLE),
  wearerViolations: wearerViolations(dynamodb, env.MONITORING_TABLE),
  putReading: putReading(dynamodb, env.RECORD_TABLE),
  loadReadings: readings(dynamodb, env.RECORD_TABLE),
  readRecord: readRecord(dynamodb, env.RECORD_TABLE),
  listedDocuments: listedDocuments(dynamodb, env.MONITORING_TABLE),
  wearers: wearerList(dynamodb, env.MONITORING_TABLE),
  recordExports: recordExports(
    dynamodb,
    { chain: env.CHAIN_TABLE, record: env.RECORD_TABLE },
    sha256Hex,
  ),
  loadExportedDocuments: documentExports(dynamodb, {
    ...{ monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE },
  }),
  imports: imports({
    client: dynamodb,
    recordTable: env.RECORD_TABLE,
    sheets: importedSheets(trailBucket),
  }),
  loadRetentionFacts: retentionFacts(dynamodb, env.MONITORING_TABLE),
  loadRetentionGuard: loadRetentionGuard(dynamodb, env.MONITORING_TABLE),
  loadRetentionPolicy: loadRetentionPolicy(dynamodb, env.MONITORING_TABLE),
});

const liaisonDeps = (clients: Clients, env: z.infer<typeof envSchema>, around: Around) => {
  const { dynamodb, secrets } = clients;
  const { transfers, changeTransfer } = transferChanges(clients, env, around);
  const tables = { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE };
  return {
    forces: env.FORCES,
    partners: env.PARTNERS ?? [],
    orderedForces: env.ORDERED_FORCES ?? [],
    falseCallBudget: env.FALSE_CALL_BUDGET,
    liaisonFeeds: liaisonFeeds(dynamodb, env.MONITORING_TABLE),
    ...{ transfers, changeTransfer, noteReceipt: noteReceipt(changeTransfer) },
    noteUnusable: noteUnusable(dynamodb, env.MONITORING_TABLE),
    loadDelivered: loadDelivered(liaisonFeeds(dynamodb, env.MONITORING_TABLE)),
    appendToFeed: appendToFeed(dynamodb, tables, pause),
    wantDelivery: feedDeliveries(dynamodb, env.MONITORING_TABLE).want,
    askForDelivery: askForDelivery(queue(clients.sqs, env.DELIVERIES_QUEUE_URL), around.telemetry),
    makeIncidentId: makeIncidentId(secret(secrets, env.FEED_SECRET_ARN, around.now)),
    takenMessages: takenMessages(dynamodb, env.MONITORING_TABLE),
    loadLiaison: liaisons(dynamodb, env.MONITORING_TABLE).load,
    loadKeyRing: keyRing(secrets, env.FEED_SECRET_ARN, around.now),
    loadDisclosures: disclosures(dynamodb, env.RECORD_TABLE),
  };
};

/** Everything that runs need, over given clients. */
export const depsFrom = (
  clients: Clients,
  env: z.infer<typeof envSchema>,
  around: Around,
): ApiDeps => {
  const { now, chance, telemetry: told } = around;
  const { dynamodb, sns, secrets } = clients;
  const states = wearerStates(dynamodb, env.STATE_TABLE);
  const terms = { budget: env.FALSE_CALL_BUDGET, log: told.log };
  const memosOf = alertMemos(dynamodb, env.MONITORING_TABLE, terms);
  const changes = alertChanges(clients, env, { ...around, memosOf });
  const { alerts, changeAlert, planAlerts, alertTimer, context, recordRefusal } = changes;
  const table = trail(dynamodb, env.TRAIL_TABLE);
  const archive = trailArchive(clients.trailBucket);
  const tables = { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE };
  const deps: RouteDeps = {
    agencyId: env.AGENCY,
    alerts,
    ...{ changeAlert, planAlerts, alertTimer },
    context,
    recordRefusal,
    documents: documents(dynamodb, env.MONITORING_TABLE, env.RECORD_TABLE),
    rotas: rotaStore(dynamodb, env.MONITORING_TABLE),
    loadDeviceBatches: deviceBatches(dynamodb, env.MONITORING_TABLE),
    ...{ monitoringTable: env.MONITORING_TABLE, recordTable: env.RECORD_TABLE },
    zoneLists: zoneListStore(dynamodb, env.MONITORING_TABLE),
    tzdataVersion: process.versions.tz ?? 'unknown',
    ensureContactTopic: contactTopics(sns, env.CONTACT_TOPIC_PREFIX),
    newSecret: () => chance(32).toString('base64url'),
    newSeed: () => chance(32).toString('hex'),
    newTokenId: () => chance(9).toString('hex'),
    linkSecret: secret(secrets, env.LINK_SECRET_ARN, now),
    newNonce: () => chance(16).toString('hex'),
    canCall: env.VOICE_ORIGINATION_IDENTITY !== undefined,
    webhookHosts: env.WEBHOOK_HOSTS?.split(',') ?? [],
    outbox: outbox(dynamodb, env.MONITORING_TABLE),
    pauses: pauseStore(dynamodb, env.MONITORING_TABLE),
    links: links(dynamodb, env.MONITORING_TABLE),
    takeAllowance: allowances(dynamodb, env.ALLOWANCE_TABLE),
    telemetry: told,
    loadState: states.loadOne,
    findState: states.find,
    loadParked: parkedWearers(dynamodb, env.STATE_TABLE),
    events: queue(clients.sqs, env.EVENTS_QUEUE_URL),
    loadSupervision: supervisions(dynamodb, env.MONITORING_TABLE),
    trail: wholeTrail({ table, archive, now }),
    loadSlices: wholeSlices({ loadState: states.loadOne, table, archive, now }),
    loadHistory: histories(dynamodb, env.MONITORING_TABLE),
    loadTimeline: timelines(dynamodb, env.MONITORING_TABLE),
    loadDocumentAt: documentsAsAt(dynamodb, env.MONITORING_TABLE),
    loadParkedStretches: parkedStretches(dynamodb, env.MONITORING_TABLE),
    loadMarks: recordedMarks(dynamodb, env.MONITORING_TABLE),
    ...{ ...responseDeps(dynamodb, tables), ...caseworkDeps(dynamodb, tables) },
    ...reportDeps(clients, env),
    loadOnWearers: onWearers(dynamodb, env.MONITORING_TABLE),
    loadKnown: people(dynamodb, env.MONITORING_TABLE).loadKnown,
    ...historyDeps(clients, env),
    ...liaisonDeps(clients, env, around),
  };
  return {
    ...{ now, routes: routeTable(deps), linkRoutes: linkTable(deps), telemetry: told },
    liaisonRoutes: liaisonTable(deps),
  };
};

export const createDeps = (): ApiDeps => {
  const env = envSchema.parse(process.env);
  const s3 = s3Surroundings(process.env);
  const s3Client = new AwsClient(s3.client);
  const clients = {
    ...{ dynamodb: new DynamoDBClient(), sqs: new SQSClient(), sns: new SNSClient() },
    ...{ scheduler: new SchedulerClient(), secrets: new SecretsManagerClient() },
    trailBucket: objects(s3Client, s3.urlOf(env.TRAIL_BUCKET)),
    signLink: signedLinks(s3Client, s3.urlOf(env.REPORT_BUCKET), systemClock),
  };
  return depsFrom(clients, env, { now: systemClock, chance: randomBytes, telemetry: telemetry() });
};
