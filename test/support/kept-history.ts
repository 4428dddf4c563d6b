import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { emptyChain } from '#domain/record/link.ts';
import { documentExports } from '#functions/adapters/dynamodb/document-exports.ts';
import { readRecord } from '#functions/adapters/dynamodb/read-record.ts';
import { putReading, readings } from '#functions/adapters/dynamodb/readings.ts';
import { recordExports } from '#functions/adapters/dynamodb/record-exports.ts';
import { sha256Hex } from '#functions/adapters/dynamodb/tokens.ts';
import { wearerVersions } from '#functions/adapters/dynamodb/wearer-versions.ts';
import { wearerViolations } from '#functions/adapters/dynamodb/wearer-violations.ts';
import { imports } from '#functions/adapters/imports.ts';
import { importedSheets } from '#functions/adapters/s3/imported-sheets.ts';
import type { Objects } from '#functions/adapters/s3/objects.ts';
import type { RouteDeps } from '#functions/api/route-table.ts';

type HistoryDeps = Pick<
  RouteDeps,
  | 'wearerVersions'
  | 'wearerViolations'
  | 'putReading'
  | 'loadReadings'
  | 'readRecord'
  | 'recordExports'
  | 'loadExportedDocuments'
  | 'imports'
>;

/** Nothing was ever found of anybody, and nothing can be imported. */
export const NO_HISTORY: HistoryDeps = {
  wearerVersions: { ofWearer: async () => [], ofShared: async () => [] },
  wearerViolations: {
    from: async () => ({ violations: [], isAll: true }),
    alertsOf: async () => [],
  },
  putReading: async () => undefined,
  loadReadings: async () => ({ readings: [], next: null }),
  readRecord: async function* () {},
  recordExports: {
    loadEnd: async (chain) => emptyChain(chain),
    isThere: async () => false,
    loadAnchors: async () => ({ found: [], next: null }),
    loadEntries: async () => ({ found: [], next: null }),
    loadUnsealed: async () => ({ found: [], next: null }),
  },
  loadExportedDocuments: async () => ({ found: [], next: null }),
  imports: {
    keep: () => Promise.reject(new Error('this API keeps no imports')),
    load: async () => null,
    list: async () => [],
  },
};

type Over = Readonly<{
  client: DynamoDBClient;
  tables: Readonly<{ monitoring: string; record: string; chain: string }>;
  objects: Objects;
}>;

/** What the routes of histories need, over a database and a bucket. */
export const historyDeps = ({ client, tables, objects }: Over): HistoryDeps => ({
  wearerVersions: wearerVersions(client, tables.monitoring),
  wearerViolations: wearerViolations(client, tables.monitoring),
  putReading: putReading(client, tables.record),
  loadReadings: readings(client, tables.record),
  readRecord: readRecord(client, tables.record),
  recordExports: recordExports(client, tables, sha256Hex),
  loadExportedDocuments: documentExports(client, tables),
  imports: imports({ client, recordTable: tables.record, sheets: importedSheets(objects) }),
});
