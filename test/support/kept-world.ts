import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { Instant } from '#domain/model/instant.ts';
import { packEvents } from '#domain/trail/pack-events.ts';
import { archivableItems } from '#functions/adapters/dynamodb/archivable-items.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { duePages } from '#functions/adapters/dynamodb/due.ts';
import { type Item, readJson } from '#functions/adapters/dynamodb/items.ts';
import { noticeSchema } from '#functions/adapters/dynamodb/outbox.ts';
import { parkedStretches } from '#functions/adapters/dynamodb/parked-stretches.ts';
import { parking } from '#functions/adapters/dynamodb/parking.ts';
import { histories, supervisions, timelines } from '#functions/adapters/dynamodb/supervisions.ts';
import { trail } from '#functions/adapters/dynamodb/trail.ts';
import { documentsAsAt } from '#functions/adapters/dynamodb/versions.ts';
import { recordedMarks } from '#functions/adapters/dynamodb/violations.ts';
import { wearerStates } from '#functions/adapters/dynamodb/wearer-states.ts';
import { zoneListStore } from '#functions/adapters/dynamodb/zone-lists.ts';
import { trailArchive } from '#functions/adapters/s3/trail-archive.ts';
import { wholeSlices } from '#functions/adapters/whole-slices.ts';
import { wholeTrail } from '#functions/adapters/whole-trail.ts';
import type { RouteDeps } from '#functions/api/route-table.ts';
import { run as runApi } from '#functions/api/run.ts';
import { run as runArchive } from '#functions/archive/run.ts';
import { effects } from '#functions/evaluate/effects.ts';
import type { EvaluateDeps } from '#functions/evaluate/evaluate-deps.ts';
import { run } from '#functions/evaluate/run.ts';
import { supervisionCache } from '#functions/evaluate/supervision-cache.ts';
import { alertRouteDeps } from './alert-routes.ts';
import { attesting } from './attest.ts';
import { queueBatch } from './batches.ts';
import { fakeDynamoDb } from './fakes/fake-dynamodb.ts';
import { fakeObjects } from './fakes/fake-objects.ts';
import { ADMINISTRATOR, type Asked, bodyOf, httpRequest, READER_ITEM } from './http.ts';
import { keptApi } from './kept-api.ts';
import { historyDeps } from './kept-history.ts';
import { retentionDeps } from './kept-retention.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';
import { WEARER } from './supervisions.ts';

const TABLES = {
  state: 'state',
  monitoring: 'monitoring',
  trail: 'trail',
  record: 'record',
  chain: 'chain',
};

/** The power goes: nothing answers from here on. */
export class PowerCut extends Error {}

/**
 * The API and evaluation over one database in memory, with their own adapters: what an
 * administrator puts is what evaluation folds by. Notices of changes wait until they are relayed.
 */
export const keptWorld = (startAt: Instant) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  /** After so many more calls the power goes; of the last one the answer alone, if told so. */
  const clock = { now: startAt, callsLeft: Number.POSITIVE_INFINITY, losesAnswer: false };
  const notices: Item[] = [];
  const violations: Item[] = [];
  const db = fakeDynamoDb(client, (table, after, before) => {
    const isNotice = table === TABLES.monitoring && after.kind?.S === 'notice';
    if (isNotice && before === undefined) notices.push(after);
    if (after.entity?.S === 'VIOLATION') violations.push(after);
  });
  db.put(TABLES.monitoring, READER_ITEM);
  const send = client.send.bind(client);
  Object.assign(client, {
    send: async (command: Parameters<typeof send>[0]) => {
      clock.callsLeft -= 1;
      if (clock.callsLeft < 0) throw new PowerCut('no power');
      const answer = await send(command);
      if (clock.losesAnswer && clock.callsLeft === 0) throw new PowerCut('no power');
      return answer;
    },
  });
  const now = () => clock.now;
  const told = recordedTelemetry();
  const kept = trail(client, TABLES.trail);
  const states = wearerStates(client, TABLES.state);
  const sleeping = async () => undefined;
  /** A sandbox of evaluation that has just been started: it remembers nothing. */
  const newSandbox = (deps: Partial<EvaluateDeps> = {}) => {
    const loadTimeline = timelines(client, TABLES.monitoring);
    return run({
      ...{ now, states, loadTimeline, trail: kept, armTimer: sleeping, parkMessage: sleeping },
      ...{ learn: sleeping, askToLearn: sleeping },
      supervisions: supervisionCache(loadTimeline),
      effectsOf: effects(TABLES),
      loadMarks: recordedMarks(client, TABLES.monitoring),
      parking: parking(client, TABLES),
      toPairs: { loadLeashes: states.loadLeashes, events: { sendAll: sleeping } },
      telemetry: told.telemetry,
      ...deps,
    });
  };
  const bucket = fakeObjects();
  const archive = trailArchive(bucket.objects);
  const runOfArchive = runArchive({
    ...{ now, archive, telemetry: told.telemetry, duePages: duePages(client, TABLES.trail) },
    items: archivableItems(client, TABLES.trail),
  });
  const onAlerts = alertRouteDeps({ client, now, tables: TABLES });
  const routeDeps: Partial<RouteDeps> = {
    ...onAlerts,
    documents: documents(client, TABLES.monitoring, TABLES.record),
    zoneLists: zoneListStore(client, TABLES.monitoring),
    loadSupervision: supervisions(client, TABLES.monitoring),
    ...{ loadState: states.loadOne, findState: states.find },
    trail: wholeTrail({ table: kept, archive, now }),
    loadSlices: wholeSlices({ loadState: states.loadOne, table: kept, archive, now }),
    loadHistory: histories(client, TABLES.monitoring),
    loadTimeline: timelines(client, TABLES.monitoring),
    loadDocumentAt: documentsAsAt(client, TABLES.monitoring),
    loadParkedStretches: parkedStretches(client, TABLES.monitoring),
    loadMarks: recordedMarks(client, TABLES.monitoring),
    ...retentionDeps(client, TABLES.monitoring),
    ...historyDeps({ client, tables: TABLES, objects: bucket.objects }),
  };
  const tables = keptApi({ deps: routeDeps });
  const api = runApi({
    ...{ now, routes: tables.routes, linkRoutes: tables.linkRoutes, telemetry: told.telemetry },
    liaisonRoutes: tables.liaisonRoutes,
  });
  const ask = attesting((routeKey, more) =>
    api(httpRequest({ routeKey, who: ADMINISTRATOR, ...more })),
  );
  return {
    ...{ clock, client, routeDeps },
    tables: TABLES,
    newSandbox,
    ...told,
    itemsOf: db.itemsOf,
    bucket: bucket.kept,
    /** A run of the archive, with all the time that it needs. */
    archive: () => runOfArchive(null, { getRemainingTimeInMillis: () => 600_000 }),
    remember: db.remember,
    changeAlert: onAlerts.changeAlert,
    /** Every image of a violation that the stream has brought since. */
    streamed: () => violations.splice(0),
    ask: async (routeKey: string, more: Omit<Asked, 'routeKey'> = {}) => {
      const response = await ask(routeKey, more);
      const isJson = /[/+]json$/.test(response.headers['content-type'] ?? '');
      return { ...response, json: isJson ? Object(bodyOf(response)) : null };
    },
    /** The messages that tell evaluation of changes made since. */
    relayed: () =>
      notices.splice(0).map((item) => {
        const { changedAt, inForceAt } = readJson(item, 'body', noticeSchema);
        return { kind: 'supervision-changed', ...WEARER, changedAt, inForceAt };
      }),
    /** What ingest puts on the queue of some events. */
    heard: (events: readonly DeviceEvent[], receivedAt: Instant) => ({
      ...{ kind: 'events', ...WEARER, receivedAt },
      packed: Buffer.from(packEvents(events)).toString('base64'),
    }),
    batch: queueBatch,
  };
};
