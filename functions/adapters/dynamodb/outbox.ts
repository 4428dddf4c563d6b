import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { eventIdSchema } from '#domain/liaison/event.ts';
import { doorSchema } from '#domain/liaison/traffic.ts';
import { pageSchema } from '#domain/model/alert.ts';
import { type Answer, answerSchema } from '#domain/model/answer.ts';
import {
  type AgencyId,
  type AlertId,
  agencyIdSchema,
  liaisonIdSchema,
  type WearerRef,
  wearerIdSchema,
} from '#domain/model/ids.ts';
import { type Instant, instantSchema, secondsAfter } from '#domain/model/instant.ts';
import { type Memo, memoSchema } from '#domain/model/memo.ts';
import { type Nudge, nudgeSchema } from '#domain/model/nudge.ts';
import { conditionHeld } from './errors.ts';
import { type Item, json, keyItem, keyOf, number, readJson, readText, text } from './items.ts';
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

/** An event of a liaison's feed that goes out once more, for no receipt has come. */
const eventAgainSchema = z.object({
  liaisonId: liaisonIdSchema,
  /** In which of its feeds it stands. */
  door: doorSchema,
  eventId: eventIdSchema,
  /** How often it was sent before. */
  tries: z.number().int().min(1),
  createdAt: instantSchema,
});
export type EventAgain = z.infer<typeof eventAgainSchema>;

/** A row of the outbox as the stream brings it. */
export type OutboxRow = Readonly<{ key: Key; agencyId: AgencyId }> &
  (
    | Readonly<{ kind: 'page'; page: z.infer<typeof pageSchema> }>
    | Readonly<{ kind: 'notice'; notice: Notice }>
    | Readonly<{ kind: 'nudge'; nudge: Nudge }>
    | Readonly<{ kind: 'answer'; answer: Answer }>
    | Readonly<{ kind: 'memo'; memo: Memo }>
    | Readonly<{ kind: 'event-again'; again: EventAgain }>
  );

export const outboxRowFrom = (item: Item): OutboxRow => {
  const key = keyOf(item);
  const agencyId = agencyIdSchema.parse(readText(item, 'agencyId'));
  switch (readText(item, 'kind')) {
    case 'notice':
      return { key, agencyId, kind: 'notice', notice: readJson(item, 'body', noticeSchema) };
    case 'nudge':
      return { key, agencyId, kind: 'nudge', nudge: readJson(item, 'body', nudgeSchema) };
    case 'answer':
      return { key, agencyId, kind: 'answer', answer: readJson(item, 'body', answerSchema) };
    case 'event-again':
      return {
        key,
        agencyId,
        kind: 'event-again',
        again: readJson(item, 'body', eventAgainSchema),
      };
    // As rows of before are called.
    case 'contact-message':
    case 'memo':
      return { key, agencyId, kind: 'memo', memo: readJson(item, 'body', memoSchema) };
    default:
      return { key, agencyId, kind: 'page', page: readJson(item, 'body', pageSchema) };
  }
};

/** What became of a row, and why. */
export type Outcome =
  | Readonly<{ status: 'sent'; providerId: string; at: Instant }>
  /** `bundled`: told by another page, which the reason names. */
  | Readonly<{ status: 'failed' | 'suppressed' | 'bundled'; reason: string; at: Instant }>;

const outcomeSchema = z.object({
  status: z.enum(['sent', 'failed', 'suppressed', 'bundled']),
  at: instantSchema,
  providerId: z.string().optional(),
  reason: z.string().optional(),
});

/** Why a row waits that could be sent, since when and until when. */
const waitsSchema = z.object({ reason: z.string(), at: instantSchema, untilAt: instantSchema });

/** Who sends a row, and when they took it up. */
export type Claim = Readonly<{ by: string; at: Instant }>;

/** A page's row. */
export type PageRow = Extract<OutboxRow, { kind: 'page' }>;

/** Longer than a message takes to be rendered and accepted, shorter than the wait for a sweep. */
export const CLAIM_SECONDS = 30;

export const outbox = (client: DynamoDBClient, table: string) => ({
  /** Ends a pending row. `already-ended`: another try was first; its outcome stands. */
  end: async (key: Key, outcome: Outcome): Promise<'ended' | 'already-ended'> => {
    // Record: where it does not hold the row says already how it ended.
    const isEnded = await conditionHeld(
      client.send(
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
      ),
    );
    return isEnded ? 'ended' : 'already-ended';
  },

  /**
   * Claims a row that still waits, so that no two send it at once. `by` names the stream's record
   * that brings it: the same record given again may go on, another only when the claim has run out.
   * `not-to-be-sent`: it has ended, or another has it; should that one die, the sweep brings it.
   */
  claim: async (key: Key, { by, at }: Claim): Promise<'claimed' | 'not-to-be-sent'> => {
    const untilAt = secondsAfter(at, CLAIM_SECONDS);
    // Record: the stream shows a row as it once was, and may show it twice.
    const isClaimed = await conditionHeld(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyItem(key),
          UpdateExpression: 'SET claimedBy = :by, claimedUntilAt = :until',
          ConditionExpression: [
            '#status = :pending AND attribute_not_exists(claimedBy)',
            '#status = :pending AND claimedBy = :by',
            '#status = :pending AND claimedUntilAt < :now',
          ].join(' OR '),
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':by': text(by),
            ':until': number(untilAt),
            ':now': number(at),
            ':pending': text('pending'),
          },
        }),
      ),
    );
    return isClaimed ? 'claimed' : 'not-to-be-sent';
  },

  /** Brings a row before the stream again, without its claim, and puts its next sweep off. */
  touch: async (key: Key, at: Instant, nextDueAt: Instant): Promise<void> => {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: keyItem(key),
      UpdateExpression: 'SET nextDueAt = :next ADD tries :one REMOVE claimedBy, claimedUntilAt',
      ConditionExpression: [
        'attribute_exists(nextDueAt) AND attribute_not_exists(claimedBy)',
        'attribute_exists(nextDueAt) AND claimedUntilAt < :now',
      ].join(' OR '),
      ExpressionAttributeValues: {
        ':next': number(nextDueAt),
        ':one': number(1),
        ':now': number(at),
      },
    });
    // Record: it may have ended between the sweep's look and its touch, or be sent just now.
    await conditionHeld(client.send(command));
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
      /** What its receipts come to; null where there are none. */
      delivery: item.delivery?.S ?? null,
      waits: item.waits === undefined ? null : readJson(item, 'waits', waitsSchema),
    }));
  },
});
export type Outbox = ReturnType<typeof outbox>;
