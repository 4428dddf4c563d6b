import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { canarySchema } from '#domain/audit/canary.ts';
import { reportedSchema } from '#domain/audit/daily-report.ts';
import { vigilSchema } from '#domain/audit/vigil.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { keptItem } from './kept-item.ts';
import { canaryPk, reportPk, vigilPk } from './vigil-keys.ts';

/** What the auditor and the canary remember together, in a table that they share with nobody. */
export const keptVigil = (client: DynamoDBClient, table: string, agencyId: AgencyId) =>
  keptItem(client, { table, pk: vigilPk(agencyId) }, vigilSchema);

/** What the canary remembers of its rounds. */
export const keptCanary = (client: DynamoDBClient, table: string, agencyId: AgencyId) =>
  keptItem(client, { table, pk: canaryPk(agencyId) }, canarySchema);

/** The last day of which the auditor has reported. */
export const keptReport = (client: DynamoDBClient, table: string, agencyId: AgencyId) =>
  keptItem(client, { table, pk: reportPk(agencyId) }, reportedSchema);
