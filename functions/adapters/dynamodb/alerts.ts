import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Transition } from '#domain/escalate/transition.ts';
import { type Alert, alertSchema, type Page } from '#domain/model/alert.ts';
import type { AgencyId, AlertId } from '#domain/model/ids.ts';
import { recipientKey } from '#domain/model/recipient.ts';
import { documents } from './documents.ts';
import { type Item, json, keyItem, number, readJson, text } from './items.ts';
import { alertKey, alertPk, dueShard, escalateName, listKey, outboxKey } from './keys.ts';
import { outboxItem } from './outbox-item.ts';
import { calledListing } from './police-calls.ts';
import { queryAll } from './query.ts';
import { recordPut } from './record.ts';
import { transact } from './transact.ts';

/** So many alerts are listed at once; a reader is told where there may be more. */
export const MOST_LISTED = 200;

/** Where an alert is listed; one that was raised as a test is in no list. */
const listed = (agencyId: AgencyId, { status, openedAt }: Alert): Item => ({
  listKey: text(listKey(agencyId, status)),
  listAt: number(openedAt),
});

const alertItem = (agencyId: AgencyId, alert: Alert): Item => ({
  ...keyItem(alertKey(agencyId, alert.alertId)),
  entity: text('ALERT'),
  agencyId: text(agencyId),
  epoch: number(alert.epoch),
  ...(alert.isTest ? {} : listed(agencyId, alert)),
  body: json(alert),
  ...(alert.nextDueAt === null
    ? {}
    : {
        nextDueAt: number(alert.nextDueAt),
        dueShard: text(dueShard(alertPk(agencyId, alert.alertId))),
      }),
});

const pageItem = (agencyId: AgencyId, page: Page): Item => {
  const key = outboxKey(alertPk(agencyId, page.alertId), page.sequence);
  return {
    ...outboxItem(key, { kind: 'page', agencyId, body: page, from: page.createdAt }),
    recipient: text(recipientKey(page.recipient)),
    ...calledListing(agencyId, page),
  };
};

export type Tables = Readonly<{ monitoring: string; record: string }>;

const guardOf = (before: Alert | null) =>
  before === null
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'epoch = :epoch',
        ExpressionAttributeValues: { ':epoch': number(before.epoch) },
      };

/** All that a change of an alert writes: the alert on its epoch, its pages and its entries. */
export const alertWrites = (
  { monitoring: TableName, record }: Tables,
  agencyId: AgencyId,
  { before, after, events, pages }: Transition,
): TransactWriteItem[] => [
  { Put: { TableName, Item: alertItem(agencyId, after), ...guardOf(before) } },
  ...pages.map((page) => ({
    Put: {
      TableName,
      Item: pageItem(agencyId, page),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  })),
  ...events.map((event, i) =>
    recordPut(record, {
      wearer: { agencyId, wearerId: after.wearerId },
      at: event.at,
      name: escalateName(after.alertId, after.epoch, i),
      type: event.type,
      body: event,
    }),
  ),
];

export const alerts = (client: DynamoDBClient, tables: Tables) => {
  const load = async (agencyId: AgencyId, alertId: AlertId): Promise<Alert | null> => {
    const item = await documents(client, tables.monitoring).loadItem(alertKey(agencyId, alertId));
    return item === null ? null : readJson(item, 'body', alertSchema);
  };

  /** Saves an alert, its pages and its entries on the epoch that was read, or nothing. */
  const save = (
    agencyId: AgencyId,
    change: Transition,
    beside: readonly TransactWriteItem[] = [],
  ): Promise<'saved' | 'conflict'> =>
    transact(client, [...alertWrites(tables, agencyId, change), ...beside]);

  /** An agency's alerts of a status, newest first; by an index, so a second behind at most. */
  const list = async (agencyId: AgencyId, status: Alert['status']): Promise<Alert[]> => {
    const items = await queryAll(
      client,
      {
        TableName: tables.monitoring,
        IndexName: 'list',
        ScanIndexForward: false,
        KeyConditionExpression: 'listKey = :list',
        ExpressionAttributeValues: { ':list': text(listKey(agencyId, status)) },
      },
      MOST_LISTED,
    );
    return items.map((item) => readJson(item, 'body', alertSchema));
  };

  return { load, save, list };
};
export type Alerts = ReturnType<typeof alerts>;
