import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { listedDocuments } from '#functions/adapters/dynamodb/listed-documents.ts';
import {
  loadRetentionPolicy,
  retentionFacts,
} from '#functions/adapters/dynamodb/retention-facts.ts';
import { loadRetentionGuard } from '#functions/adapters/dynamodb/retention-guard.ts';
import { wearerList } from '#functions/adapters/dynamodb/wearer-list.ts';
import type { RouteDeps } from '#functions/api/route-table.ts';

type RetentionDeps = Pick<
  RouteDeps,
  | ('loadRetentionFacts' | 'loadRetentionGuard' | 'loadRetentionPolicy' | 'recordTable')
  | ('listedDocuments' | 'wearers')
>;

const none = () => Promise.reject(new Error('this API keeps nothing by a policy'));

/** An API that asks for no policy, and for no hold. */
export const NO_RETENTION: RetentionDeps = {
  ...{ loadRetentionFacts: none, loadRetentionGuard: none, loadRetentionPolicy: none },
  ...{ recordTable: 'record', listedDocuments: async () => [] },
  wearers: { after: async function* () {} },
};

/** What the routes of retention need, over a database. */
export const retentionDeps = (client: DynamoDBClient, monitoring: string) => ({
  loadRetentionFacts: retentionFacts(client, monitoring),
  loadRetentionGuard: loadRetentionGuard(client, monitoring),
  loadRetentionPolicy: loadRetentionPolicy(client, monitoring),
  listedDocuments: listedDocuments(client, monitoring),
  wearers: wearerList(client, monitoring),
});
