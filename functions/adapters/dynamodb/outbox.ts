import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { pageSchema } from '#domain/model/alert.ts';
import {
  type AgencyId,
  type AlertId,
  agencyIdSchema,
  type WearerRef,
  wearerIdSchema,
} from '#domain/model/ids.ts';
import { type Instant, instantSchema } from '#domain/model/instant.ts';
import { type Nudge, nudgeSchema } from '#domain/model/nudge.ts';
import { isConflict } from './errors.ts';
import { type Item, json, keyItem, number, readJson, readText, text } from './items.ts';
import { alertPk, type Key, NUDGE_PREFIX, OUTBOX_PREFIX, wearerPk } from './keys.ts';
import { queryAll, startingWith } from './query.ts';

/**
 * A change of orders that evaluation must hear of: for one wearer, or for all who use a document.
 */
export const noticeSchema = z.object({
  agencyId: agencyIdSchema,
  /** Null: everybody who is named beside the document itself. */
  wearerId: wearerIdSchema.nullable(),
  changedAt: instantSchema,
  /** From when the change is in force; null: from when it was made. */
  inForceAt: instantSchema.nullable().default(null),
});
export type Notice = z.infer<typeof noticeSchema>;

/** A row of the outbox as the stream brings it. */
export type OutboxRow = Readonly<{ key: Key; agencyId: AgencyId }> &
  (
    | Readonly<{ kind: 'page'; page: z.infer<typeof pageSchema> }>
    | Readonly<{ kind: 'notice'; notice: Notice }>
    | Readonly<{ kind: 'nudge'; nudge: Nudge }>
  );

export const outboxRowFrom = (item: Item): OutboxRow => {
  const key = { pk: readText(item, 'pk'), sk: readText(item, 'sk') };
  const agencyId = agencyIdSchema.parse(readText(item, 'agencyId'));
  switch (readText(item, 'kind')) {
    case 'notice':
      return { key, agencyId, kind: 'notice', notice: readJson(item, 'body', noticeSchema) };
    case 'nudge':
      return { key, agencyId, kind: 'nudge', nudge: readJson(item, 'body', nudgeSchema) };
    default:
      return { key, agencyId, kind: 'page', page: readJson(item, 'body', pageSchema) };
  }
};

/** What became of a row, and why. */
export type Outcome =
  | Readonly<{ status: 'sent'; providerId: string; at: Instant }>
  | Readonly<{ status: 'failed' | 'suppressed'; reason: string; at: Instant }>;

const outcomeSchema = z.object({
  status: z.enum(['sent', 'failed', 'suppressed']),
  at: instantSchema,
  providerId: z.string().optional(),
  reason: z.string().optional(),
});

export const outbox = (client: DynamoDBClient, table: string) => ({
  /** Ends a pending row. `already-ended`: another try was first; its outcome stands. */
  end: async (key: Key, outcome: Outcome): Promise<'ended' | 'already-ended'> => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyItem(key),
          UpdateExpression: 'SET #status = :status, outcome = :outcome REMOVE nextDueAt, dueShard',
          ConditionExpression: '#status = :pending',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':status': text(outcome.status),
            ':outcome': json(outcome),
            ':pending': text('pending'),
          },
        }),
      );
      return 'ended';
    } catch (error) {
      // Record: the row says already how it ended.
      if (isConflict(error)) return 'already-ended';
      throw error;
    }
  },

  /** Whether a row still waits: the stream shows it as it once was, and may show it twice. */
  isPending: async (key: Key): Promise<boolean> => {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: table, Key: keyItem(key), ConsistentRead: true }),
    );
    return item !== undefined && readText(item, 'status') === 'pending';
  },

  /** Brings a row before the stream again, and puts its next sweep off. */
  touch: async (key: Key, nextDueAt: Instant): Promise<void> => {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: keyItem(key),
      UpdateExpression: 'SET nextDueAt = :next ADD tries :one',
      ConditionExpression: 'attribute_exists(nextDueAt)',
      ExpressionAttributeValues: { ':next': number(nextDueAt), ':one': number(1) },
    });
    try {
      await client.send(command);
    } catch (error) {
      // Record: it ended between the sweep's look and its touch, as it must.
      if (!isConflict(error)) throw error;
    }
  },

  /** A wearer's nudges, with what became of them. */
  nudgesOf: async (wearer: WearerRef) => {
    const items = await queryAll(client, startingWith(table, wearerPk(wearer), NUDGE_PREFIX));
    return items.map((item) => ({
      nudge: readJson(item, 'body', nudgeSchema),
      status: readText(item, 'status'),
      outcome: item.outcome === undefined ? null : readJson(item, 'outcome', outcomeSchema),
    }));
  },

  /** Every page of an alert, with what became of it. */
  pagesOf: async (agencyId: AgencyId, alertId: AlertId) => {
    const items = await queryAll(
      client,
      startingWith(table, alertPk(agencyId, alertId), OUTBOX_PREFIX),
    );
    return items.map((item) => ({
      page: readJson(item, 'body', pageSchema),
      status: readText(item, 'status'),
      outcome: item.outcome === undefined ? null : readJson(item, 'outcome', outcomeSchema),
    }));
  },
});
export type Outbox = ReturnType<typeof outbox>;
