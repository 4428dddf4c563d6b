import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { caseAsAt } from '../adapters/dynamodb/case-as-at.ts';
import { caseNotes } from '../adapters/dynamodb/case-notes.ts';
import { caseworkTerms } from '../adapters/dynamodb/casework-terms.ts';
import { decisionStore } from '../adapters/dynamodb/decisions.ts';
import { messageInboxes } from '../adapters/dynamodb/message-inboxes.ts';
import { supervisionLevels } from '../adapters/dynamodb/supervision-levels.ts';
import { taskStore } from '../adapters/dynamodb/tasks.ts';
import { saveTogether } from '../adapters/dynamodb/transact.ts';
import { visits } from '../adapters/dynamodb/visits.ts';
import { leadingOrders } from '../adapters/dynamodb/wearer-orders.ts';

type Tables = Readonly<{ monitoring: string; record: string }>;

/** What routes need that put on record what people do about a wearer. */
export const caseworkDeps = (dynamodb: DynamoDBClient, tables: Tables) => ({
  tasks: taskStore(dynamodb, tables),
  decisions: decisionStore(dynamodb, tables.monitoring),
  loadCaseworkTerms: caseworkTerms(dynamodb, tables.monitoring),
  recordTable: tables.record,
  loadSupervisionLevels: supervisionLevels(dynamodb, tables.monitoring),
  loadCaseNotes: caseNotes(dynamodb, tables.monitoring),
  loadVisits: visits(dynamodb, tables.monitoring),
  loadLeadingOrder: leadingOrders(dynamodb, tables.monitoring),
  inboxes: messageInboxes(dynamodb, tables.monitoring),
  saveTogether: saveTogether(dynamodb),
  loadCaseAsAt: caseAsAt(dynamodb, tables.monitoring),
});
