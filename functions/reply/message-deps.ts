import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { caseworkTerms } from '../adapters/dynamodb/casework-terms.ts';
import { documents } from '../adapters/dynamodb/documents.ts';
import { messageInboxes } from '../adapters/dynamodb/message-inboxes.ts';
import { people } from '../adapters/dynamodb/people.ts';
import { taskStore } from '../adapters/dynamodb/tasks.ts';
import { saveTogether } from '../adapters/dynamodb/transact.ts';
import { leadingOrders, wearerOrders } from '../adapters/dynamodb/wearer-orders.ts';
import { turnTexts } from '../adapters/dynamodb/wearer-texts.ts';
import { wearersByMobile } from '../adapters/dynamodb/wearers-by-mobile.ts';

/** What keeps the words of wearers, over a database. */
export const messageDeps = (
  client: DynamoDBClient,
  tables: Readonly<{ monitoring: string; record: string }>,
) => ({
  documents: documents(client, tables.monitoring),
  monitoringTable: tables.monitoring,
  recordTable: tables.record,
  inboxes: messageInboxes(client, tables.monitoring),
  tasks: taskStore(client, tables),
  loadLeadingOrder: leadingOrders(client, tables.monitoring),
  loadWearerOrders: wearerOrders(client, tables.monitoring),
  saveTogether: saveTogether(client),
  loadCaseworkTerms: caseworkTerms(client, tables.monitoring),
  loadContacts: people(client, tables.monitoring).loadContacts,
  loadWearersByMobile: wearersByMobile(client, tables.monitoring),
  turnTexts: turnTexts(client, tables),
});
