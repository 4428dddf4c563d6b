import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { quietRecipient } from '#domain/casework/tell-officer.ts';
import type { Versioned } from '#domain/model/documents.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Memo } from '#domain/model/memo.ts';
import type { Order } from '#domain/model/order.ts';
import { messageMemoKey } from '../adapters/dynamodb/casework-keys.ts';
import { outboxItem } from '../adapters/dynamodb/outbox-item.ts';
import type { People } from '../adapters/dynamodb/people.ts';

/** Thrown where others keep writing to the same case. Retry: the text comes again in a minute. */
export class CaseBusy extends Error {
  constructor() {
    super('what is kept of a wearer kept being changed by others');
    this.name = 'CaseBusy';
  }
}

export type MemoDeps = Readonly<{
  monitoringTable: string;
  loadContacts: People['loadContacts'];
}>;

type Told = Readonly<{
  wearer: WearerRef;
  /** Of the text that it follows from: once for each. */
  name: string;
  what: Extract<Memo, { about: 'message-waits' }>['what'];
  order: Versioned<Order> | null;
  now: Instant;
}>;

/** Tells the officer quietly that something waits; where nobody can be, the duty manager. */
export const memoPut = async (
  { loadContacts, monitoringTable }: MemoDeps,
  { wearer, name, what, order, now }: Told,
): Promise<TransactWriteItem> => {
  const { agencyId, wearerId } = wearer;
  const officers = order === null ? [] : [order.value.responsibleOfficer];
  const [contact] = await loadContacts(agencyId, officers);
  const recipient = quietRecipient(contact);
  const body: Memo =
    recipient === null
      ? { about: 'message-untold', wearerId, what, createdAt: now }
      : { about: 'message-waits', wearerId, what, recipient, createdAt: now };
  const key = messageMemoKey(wearer, name);
  const Item = outboxItem(key, { kind: 'memo', agencyId, body, from: now });
  return { Put: { TableName: monitoringTable, Item } };
};
