import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { IncidentId } from '#domain/liaison/event.ts';
import { doorFor } from '#domain/liaison/traffic.ts';
import {
  isFinished,
  type Transfer,
  type Trouble,
  transferSchema,
} from '#domain/liaison/transfer.ts';
import type { TransferEvent } from '#domain/liaison/transfer-commands.ts';
import { type SpellEnd, untakenViolation } from '#domain/liaison/untaken.ts';
import { type AgencyId, agencyIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { documents } from './documents.ts';
import { type Item, json, keyItem, number, readJson, readText, text } from './items.ts';
import { dueShard, outboxKey } from './keys.ts';
import type { EventAgain } from './outbox.ts';
import { outboxItem } from './outbox-item.ts';
import { queryAll } from './query.ts';
import { recordPut } from './record.ts';
import { transact } from './transact.ts';
import {
  incidentPk,
  TRANSFER,
  transferEntryName,
  transferKey,
  transfersListKey,
} from './transfer-keys.ts';
import { raisedPut } from './violations.ts';

/** A transfer before and after a decision, with all that happened to it. */
export type TransferChange = Readonly<{
  before: Transfer | null;
  after: Transfer;
  events: readonly TransferEvent[];
}>;

const transferItem = (agencyId: AgencyId, transfer: Transfer): Item => {
  const key = transferKey(agencyId, transfer.incidentId);
  const { nextDueAt, askedAt, epoch } = transfer;
  return {
    ...keyItem(key),
    ...{ entity: text(TRANSFER), agencyId: text(agencyId), epoch: number(epoch) },
    body: json(transfer),
    ...(isFinished(transfer)
      ? {}
      : { listKey: text(transfersListKey(agencyId)), listAt: number(askedAt) }),
    ...(nextDueAt === null
      ? {}
      : { nextDueAt: number(nextDueAt), dueShard: text(dueShard(key.pk)) }),
  };
};

/** Parses a transfer's item, also as the stream brings it. */
export const transferFrom = (item: Item): Readonly<{ agencyId: AgencyId; transfer: Transfer }> => ({
  agencyId: agencyIdSchema.parse(readText(item, 'agencyId')),
  transfer: readJson(item, 'body', transferSchema),
});

export type TransferTables = Readonly<{ monitoring: string; record: string }>;

const endOf = (event: Extract<TransferEvent, { type: 'transfer-taken' }>): SpellEnd => ({
  at: event.at,
  endReason: event.why === 'accepted' ? 'transfer-accepted' : 'transfer-closed',
});

/** The row of the spell that a decision began, or changed, or ended; null: it did neither. */
const spellOf = ({
  before,
  after,
  events,
}: TransferChange): Readonly<{ trouble: Trouble; end: SpellEnd | null }> | null => {
  const taken = events.find((event) => event.type === 'transfer-taken');
  const ended = before?.trouble ?? null;
  if (taken !== undefined && ended !== null) return { trouble: ended, end: endOf(taken) };
  const isTold = events.some(
    ({ type }) => type === 'transfer-untaken' || type === 'transfer-untaken-why',
  );
  return isTold && after.trouble !== null ? { trouble: after.trouble, end: null } : null;
};

/** An event that goes out once more: a row of the outbox, beside the transfer. */
const againPuts = (
  TableName: string,
  agencyId: AgencyId,
  { after, events }: TransferChange,
): TransactWriteItem[] =>
  events.flatMap((event) => {
    if (event.type !== 'transfer-sent-again') return [];
    const { liaisonId, incidentId, epoch } = after;
    const key = outboxKey(incidentPk(agencyId, incidentId), epoch);
    const { eventId, tries, at: createdAt } = event;
    const door = doorFor(after.status);
    const body: EventAgain = { liaisonId, door, eventId, tries, createdAt };
    const item = outboxItem(key, { kind: 'event-again', agencyId, body, from: createdAt });
    return [{ Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } }];
  });

const guardOf = (before: Transfer | null) =>
  before === null
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'epoch = :epoch',
        ExpressionAttributeValues: { ':epoch': number(before.epoch) },
      };

/**
 * All that a change of a transfer writes, on the epoch that was read: the transfer, its entries in
 * the record, what is sent again, and the violation by which people here are called or let go.
 */
export const transferWrites = (
  { monitoring: TableName, record }: TransferTables,
  agencyId: AgencyId,
  change: TransferChange,
): TransactWriteItem[] => {
  const { before, after, events } = change;
  const { wearerId, incidentId, alertId, liaisonId, epoch } = after;
  const wearer = { agencyId, wearerId };
  const spell = spellOf(change);
  const at: Instant | undefined = events[0]?.at;
  return [
    { Put: { TableName, Item: transferItem(agencyId, after), ...guardOf(before) } },
    ...events.map((event, nth) =>
      recordPut(record, {
        ...{ wearer, at: event.at, type: event.type },
        name: transferEntryName(incidentId, epoch, nth),
        body: { ...event, incidentId, alertId, liaisonId },
      }),
    ),
    ...againPuts(TableName, agencyId, change),
    ...(spell === null || at === undefined
      ? []
      : [
          raisedPut(TableName, wearer, {
            violation: untakenViolation(after, spell.trouble, spell.end),
            writtenAt: at,
          }),
        ]),
  ];
};

/** So many unfinished transfers are listed; a reader is told where there may be more. */
export const MOST_TRANSFERS = 500;

/** What is kept of the transfers of incidents to liaisons that have to accept them. */
export const transfers = (client: DynamoDBClient, tables: TransferTables) => {
  const load = async (agencyId: AgencyId, incidentId: IncidentId): Promise<Transfer | null> => {
    const key = transferKey(agencyId, incidentId);
    const item = await documents(client, tables.monitoring).loadItem(key);
    return item === null ? null : transferFrom(item).transfer;
  };

  /** Saves a change, and whatever hangs together with it, or nothing. */
  const save = (
    agencyId: AgencyId,
    change: TransferChange,
    beside: readonly TransactWriteItem[] = [],
  ): Promise<'saved' | 'conflict'> =>
    transact(client, [...transferWrites(tables, agencyId, change), ...beside]);

  /** Those of which something is expected yet, the oldest first; a second behind at most. */
  const listUnfinished = async (agencyId: AgencyId): Promise<Transfer[]> => {
    const query = {
      TableName: tables.monitoring,
      IndexName: 'list',
      KeyConditionExpression: 'listKey = :list',
      ExpressionAttributeValues: { ':list': text(transfersListKey(agencyId)) },
    };
    const items = await queryAll(client, query, MOST_TRANSFERS);
    return items.map((item) => transferFrom(item).transfer);
  };

  return { load, save, listUnfinished };
};
export type Transfers = ReturnType<typeof transfers>;
