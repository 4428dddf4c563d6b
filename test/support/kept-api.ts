import type { Alert } from '#domain/model/alert.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { LiaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { pauseFrom } from '#functions/adapters/dynamodb/pauses.ts';
import { NO_STATE } from '#functions/adapters/dynamodb/wearer-states.ts';
import { liaisonTable, linkTable, type RouteDeps, routeTable } from '#functions/api/route-table.ts';
import { run } from '#functions/api/run.ts';
import { FORCE, later } from './alerts.ts';
import { ADMINISTRATOR, type Asked, bodyOf, httpRequest } from './http.ts';
import { changingAlerts, knownContext } from './kept-alerts.ts';
import { keptDocuments } from './kept-documents.ts';
import { NO_HISTORY } from './kept-history.ts';
import { NO_RETENTION } from './kept-retention.ts';
import { keptRotas } from './kept-rotas.ts';
import { keptZoneLists } from './kept-zone-lists.ts';
import { NO_REPORTS } from './no-reports.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';
import { superviseWith } from './supervisions.ts';
import { NO_CASEWORK } from './tasks.ts';
import { NO_TRANSFERS } from './transfers.ts';

export const LINK_SECRET = 'link-secret';
export const NEW_SECRET = 'S'.repeat(43);

type World = Readonly<{
  now?: Instant;
  /** In the place of `now`, where time goes on. */
  clock?: () => Instant;
  /** Whether somebody answers for the contacts of each person who is put. */
  attests?: boolean;
  alerts?: readonly Alert[];
  deps?: Partial<RouteDeps>;
}>;

/** Each differs from those before, and is the same in each run. */
const newNonces = () => {
  const made = { count: 0 };
  return (): string => {
    made.count += 1;
    return String(made.count).padStart(32, '0');
  };
};

const noFeed = () => Promise.reject(new Error('this API keeps no feeds'));
const liaisonFeeds: LiaisonFeeds = {
  ...{ at: noFeed, find: noFeed, findInEither: noFeed, incidentOf: noFeed },
  ...{ after: noFeed, lastPosition: noFeed, standing: noFeed, acknowledge: noFeed },
};

const NO_FEEDS = {
  ...{ liaisonFeeds, noteReceipt: async () => undefined, loadDisclosures: async () => [] },
  ...{ noteUnusable: async () => false, loadDelivered: async () => null },
  ...{ appendToFeed: noFeed, wantDelivery: noFeed, askForDelivery: noFeed, makeIncidentId: noFeed },
};

/** The API over documents and alerts in memory; asked as an administrator unless said otherwise. */
export const keptApi = (world: World = {}) => {
  const { now = later(60), alerts = [], deps = {}, clock = () => now, attests } = world;
  const docs = keptDocuments({ attests });
  const kept = changingAlerts(clock, ...alerts);
  const told = recordedTelemetry();
  const emails: string[] = [];
  const queued: unknown[] = [];
  const routeDeps: RouteDeps = {
    agencyId: agencyIdSchema.parse('demo'),
    documents: docs.documents,
    rotas: keptRotas(docs.items),
    zoneLists: keptZoneLists(docs.items),
    monitoringTable: 'monitoring',
    tzdataVersion: 'test',
    ensureContactTopic: async (personId, email) => {
      emails.push(email);
      return `arn:topic:${personId}`;
    },
    newSecret: () => NEW_SECRET,
    newSeed: () => '5e'.repeat(32),
    newTokenId: () => 't-1',
    linkSecret: async () => LINK_SECRET,
    newNonce: newNonces(),
    canCall: false,
    webhookHosts: ['pages.agency.example'],
    alerts: kept.alerts,
    outbox: { pagesOf: async () => [], nudgesOf: async () => [] },
    pauses: {
      load: async () =>
        [...docs.items.values()].filter(({ entity }) => entity?.S === 'PAUSE').flatMap(pauseFrom),
    },
    context: knownContext,
    ...{ changeAlert: kept.changeAlert, planAlerts: noFeed, alertTimer: kept.alertTimer },
    recordRefusal: kept.recordRefusal,
    links: { load: async () => null },
    takeAllowance: async () => ({ waitSeconds: 0, counterFailed: null }),
    telemetry: told.telemetry,
    loadState: async () => NO_STATE,
    findState: async () => NO_STATE,
    loadParked: async () => [],
    loadDeviceBatches: async () => ({ worn: [], tampers: [] }),
    events: {
      sendAll: async (messages) => {
        queued.push(...messages);
      },
    },
    loadSupervision: async () => superviseWith(),
    loadHistory: () => Promise.reject(new Error('this API keeps no history')),
    loadTimeline: () => Promise.reject(new Error('this API keeps no history')),
    loadDocumentAt: async () => null,
    loadSlices: async () => [],
    loadParkedStretches: async () => [],
    loadMarks: async () => [],
    loadAlertsAt: async () => [],
    loadListed: async () => [],
    loadHistories: async () => new Map(),
    loadFirstPaged: async () => new Map(),
    loadPoliceCalls: async () => [],
    loadOnWearers: async () => [],
    loadKnown: async () => [],
    ...{ ...NO_HISTORY, ...NO_RETENTION },
    ...NO_FEEDS,
    ...{ forces: [FORCE], partners: [], orderedForces: [] },
    ...{ ...NO_TRANSFERS, ...NO_CASEWORK, ...NO_REPORTS },
    falseCallBudget: 2,
    trail: { load: async () => [] },
    ...deps,
  };
  const tables = {
    ...{ routes: routeTable(routeDeps), linkRoutes: linkTable(routeDeps) },
    liaisonRoutes: liaisonTable(routeDeps),
  };
  const handle = run({ now: clock, ...tables, telemetry: told.telemetry });
  const ask = async (routeKey: string, more: Omit<Asked, 'routeKey'> = {}) => {
    const response = await handle(httpRequest({ routeKey, who: ADMINISTRATOR, ...more }));
    const isJson = /[/+]json$/.test(response.headers['content-type'] ?? '');
    return { ...response, json: isJson ? Object(bodyOf(response)) : null };
  };
  return { ask, queued, handle, emails, ...tables, ...docs, ...kept, ...told };
};
