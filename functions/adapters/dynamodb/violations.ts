import {
  type DynamoDBClient,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import type { Change } from '#domain/evaluate/changes.ts';
import type { Mark } from '#domain/evaluate/core.ts';
import { type AgencyId, type WatchId, type WearerRef, watchIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { isPair } from '#domain/model/pair.ts';
import { UNJUDGED } from '#domain/model/rule-name.ts';
import { type Violation, violationSchema } from '#domain/model/violation.ts';
import { conditionHeld } from './errors.ts';
import { type Item, json, keyItem, number, readJson, text } from './items.ts';
import { dueShard, type Key, listKey, VIOLATION_PREFIX, violationKey } from './keys.ts';
import { partitionsOf } from './pairs.ts';
import { queryAll, startingWith } from './query.ts';
import { raisedKey } from './transfer-keys.ts';

/**
 * A violation that escalation has not taken up after so long is swept: the stream may have failed.
 */
const UNSEEN_AFTER_SECONDS = 60;

/** It waits for escalation since it was written; its evidence may have come long before. */
const due = (wearer: WearerRef, violationId: string, writtenAt: Instant) => ({
  waitsSinceAt: number(writtenAt),
  nextDueAt: number(secondsAfter(writtenAt, UNSEEN_AFTER_SECONDS)),
  dueShard: text(dueShard(violationKey(wearer, violationId).sk)),
});

/** Where it stands: what people say, or leave undone, is kept apart from what data show. */
const rowKeyOf = (wearer: WearerRef, { rule, violationId }: Violation): Key =>
  UNJUDGED.includes(rule) ? raisedKey(wearer, violationId) : violationKey(wearer, violationId);

/**
 * What people say or leave undone, as it now stands, as a row of its own: the stream tells
 * escalation. Whole each time, in the transaction of what it is about, which guards it.
 */
export const raisedPut = (
  table: string,
  wearer: WearerRef,
  { violation, writtenAt }: Readonly<{ violation: Violation; writtenAt: Instant }>,
): TransactWriteItem => ({
  Put: {
    TableName: table,
    Item: {
      ...keyItem(rowKeyOf(wearer, violation)),
      entity: text('VIOLATION'),
      agencyId: text(wearer.agencyId),
      body: json(violation),
      life: json(lifeSchema.parse(violation)),
      ...due(wearer, violation.violationId, writtenAt),
    },
  },
});

/** What may change of a violation after it has opened; the rest stands as it was found. */
const lifeSchema = violationSchema.pick({
  revision: true,
  status: true,
  reason: true,
  openedAt: true,
  endedAt: true,
  endReason: true,
});

const lifeOf = ({ kind, mark }: Change, revision: number): z.infer<typeof lifeSchema> => ({
  revision,
  status: kind === 'withdrawn' ? 'withdrawn' : mark.endedAt === null ? 'open' : 'ended',
  reason: mark.reason,
  openedAt: mark.openedAt,
  endedAt: mark.endedAt,
  endReason: mark.endReason,
});

/** What was tampered with is listed by its instant: batches of devices are compared by it. */
const listed = ({ agencyId }: WearerRef, { rule, openedAt }: Violation): Item =>
  rule === 'tamper' ? { listKey: text(listKey(agencyId, rule)), listAt: number(openedAt) } : {};

/** A new violation as a row of the monitoring table: its stream tells escalation. */
export const violationPut = (
  table: string,
  wearer: WearerRef,
  {
    change,
    violation,
    writtenAt,
  }: Readonly<{ change: Change; violation: Violation; writtenAt: Instant }>,
): TransactWriteItem => ({
  Put: {
    TableName: table,
    Item: {
      ...keyItem(violationKey(wearer, violation.violationId)),
      entity: text('VIOLATION'),
      agencyId: text(wearer.agencyId),
      body: json(violation),
      life: json(lifeOf(change, violation.revision)),
      ...listed(wearer, violation),
      ...due(wearer, violation.violationId, writtenAt),
    },
  },
});

/** A violation that ended, was withdrawn, or turned out to have begun at another time. */
export const violationUpdate = (
  table: string,
  wearer: WearerRef,
  {
    change,
    revision,
    writtenAt,
  }: Readonly<{ change: Change; revision: number; writtenAt: Instant }>,
): TransactWriteItem => {
  const { violationId } = change.mark;
  const { nextDueAt, dueShard: shard, waitsSinceAt } = due(wearer, violationId, writtenAt);
  return {
    Update: {
      TableName: table,
      Key: keyItem(violationKey(wearer, violationId)),
      UpdateExpression:
        'SET life = :life, nextDueAt = :due, dueShard = :shard, waitsSinceAt = :since',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: {
        ':life': json(lifeOf(change, revision)),
        ':due': nextDueAt,
        ':shard': shard,
        ':since': waitsSinceAt,
      },
    },
  };
};

/** Parses a violation's row: as it was found, and what became of it since. */
export const violationFrom = (item: Item): Violation => ({
  ...readJson(item, 'body', violationSchema),
  ...readJson(item, 'life', lifeSchema),
});

export const changeName = (change: Change, epoch: number): string =>
  `EVALUATE#${String(epoch).padStart(8, '0')}#${change.kind}#${change.mark.violationId}`;

/** Once an alert has taken a violation up there is nothing left to sweep. */
export const violationSeen = (
  table: string,
  agencyId: AgencyId,
  violation: Violation,
): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: keyItem(violationKey({ agencyId, wearerId: violation.wearerId }, violation.violationId)),
    UpdateExpression: 'REMOVE nextDueAt, dueShard',
    ConditionExpression: 'attribute_exists(pk)',
  },
});

/**
 * Takes a violation that has been taken up off the index of due instants, as far as it stands as it
 * was taken up: a later revision of it is still due, for its own record of the stream may be lost.
 */
export const putAside =
  (client: DynamoDBClient, table: string) =>
  async (agencyId: AgencyId, violation: Violation): Promise<void> => {
    const { wearerId, revision } = violation;
    const command = new UpdateItemCommand({
      TableName: table,
      Key: keyItem(rowKeyOf({ agencyId, wearerId }, violation)),
      UpdateExpression: 'REMOVE nextDueAt, dueShard',
      ConditionExpression: 'begins_with(life, :life)',
      ExpressionAttributeValues: { ':life': text(`{"revision":${revision},`) },
    });
    // Record: a later revision that stands there is taken up in its turn.
    await conditionHeld(client.send(command));
  };
export type PutAside = ReturnType<typeof putAside>;

/**
 * The watch of a violation, of whose id it is a part: after the wearer, before the instant, and
 * before what tells ids with dots apart.
 */
const watchIdOf = ({ violationId, wearerId }: Violation): WatchId => {
  const parts = violationId.slice(wearerId.length + 1).split('.');
  return watchIdSchema.parse(parts.slice(0, Math.max(1, parts.length - 2)).join('.'));
};

const markFrom = (violation: Violation): Mark => {
  const { violationId, reason, openedAt, certainty, competing, endedAt, endReason } = violation;
  return {
    ...{ violationId, watchId: watchIdOf(violation), reason, openedAt, foundAt: openedAt },
    ...{ certainty, competing, endedAt, endReason },
  };
};

/** Loads a wearer's violations that went on at or after an instant; all of them, without one. */
export const recordedMarks =
  (client: DynamoDBClient, table: string) =>
  async (wearer: WearerRef, sinceAt: Instant | null): Promise<Mark[]> => {
    // What is found of a pair is on record of the wearer whose order it is, under the pair's name.
    const isOfPair = ({ violationId }: Violation) => isPair({ wearerId: violationId });
    const isOwn = (violation: Violation) =>
      isPair(wearer)
        ? violation.violationId.startsWith(`${wearer.wearerId}.`)
        : !isOfPair(violation);
    const partitions = await partitionsOf(client, table)(wearer);
    const items = await Promise.all(
      partitions.map((pk) => queryAll(client, startingWith(table, pk, VIOLATION_PREFIX))),
    );
    return items
      .flat()
      .map(violationFrom)
      .filter((violation) => violation.status !== 'withdrawn' && isOwn(violation))
      .map((violation) => ({
        ...markFrom(violation),
        ...(isPair(wearer) ? { about: violation.wearerId } : {}),
      }))
      .filter(({ endedAt }) => endedAt === null || sinceAt === null || endedAt >= sinceAt)
      .sort((a, b) => a.openedAt - b.openedAt);
  };
export type LoadMarks = ReturnType<typeof recordedMarks>;
