import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { digest } from '#domain/model/digest.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { inPackableParts, unpackEvents } from '#domain/trail/pack-events.ts';
import { keyOf, number, readBinary, text } from './items.ts';
import { type Key, PARKED_RANGE, PARKED_SHARD, statePk, wearerPk } from './keys.ts';
import { stretchBegun } from './parked-stretches.ts';
import { between } from './query.ts';
import { parkedPut } from './trail.ts';
import { transact } from './transact.ts';

/** Some events that were kept while their wearer was parked. */
export type KeptEvents = Readonly<{
  events: readonly DeviceEvent[];
  keys: readonly Key[];
  /** Whether there are more of them. */
  hasMore: boolean;
}>;

/** A transaction holds a hundred items, a write of a batch twenty-five. */
const MOST_ITEMS = 25;

export const parking = (
  client: DynamoDBClient,
  tables: Readonly<{ state: string; trail: string; monitoring: string }>,
) => {
  const keep = (wearer: WearerRef, events: readonly DeviceEvent[]): TransactWriteItem[] =>
    inPackableParts(events).map((part) => ({ Put: parkedPut(tables.trail, wearer, part) }));

  return {
    /**
     * Marks a wearer as parked, on the epoch that was read, puts on record how far they had been
     * evaluated, and keeps the events that could not be folded: all of it or nothing.
     */
    park: (
      wearer: WearerRef,
      {
        epoch,
        parkedAt,
        evaluatedUntil,
        events,
      }: Readonly<{
        epoch: number;
        parkedAt: Instant;
        evaluatedUntil: Instant;
        events: readonly DeviceEvent[];
      }>,
    ): Promise<'saved' | 'conflict'> => {
      const mark: TransactWriteItem = {
        Update: {
          TableName: tables.state,
          Key: { pk: text(statePk(wearer)) },
          UpdateExpression:
            'SET epoch = :next, writeId = :writeId, parkedAt = :at, nextDueAt = :at, dueShard = :shard',
          ConditionExpression: epoch === 0 ? 'attribute_not_exists(pk)' : 'epoch = :epoch',
          ExpressionAttributeValues: {
            ...(epoch === 0 ? {} : { ':epoch': number(epoch) }),
            ':next': number(epoch + 1),
            ':writeId': text(digest(`${statePk(wearer)} ${epoch} parked`)),
            ':at': number(parkedAt),
            ':shard': text(PARKED_SHARD),
          },
        },
      };
      const begun = stretchBegun(tables.monitoring, wearer, { parkedAt, evaluatedUntil });
      return transact(client, [mark, begun, ...keep(wearer, events)]);
    },

    /** Keeps events of a parked wearer; a conflict where they are parked no more. */
    keep: (wearer: WearerRef, events: readonly DeviceEvent[]): Promise<'saved' | 'conflict'> => {
      const isParked: TransactWriteItem = {
        ConditionCheck: {
          TableName: tables.state,
          Key: { pk: text(statePk(wearer)) },
          ConditionExpression: 'attribute_exists(parkedAt)',
        },
      };
      return transact(client, [isParked, ...keep(wearer, events)]);
    },

    /** The oldest of what was kept of a wearer. */
    load: async (wearer: WearerRef): Promise<KeptEvents> => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          ...between(tables.trail, wearerPk(wearer), PARKED_RANGE),
          Limit: MOST_ITEMS,
        }),
      );
      return {
        events: Items.flatMap((item) => unpackEvents(readBinary(item, 'inputs'))),
        keys: Items.map(keyOf),
        hasMore: LastEvaluatedKey !== undefined,
      };
    },

    /** Lets go of what has been folded; what is not deleted now is folded again, to no effect. */
    remove: async (keys: readonly Key[]): Promise<void> => {
      if (keys.length === 0) return;
      const requests = keys.map(({ pk, sk }) => ({
        DeleteRequest: { Key: { pk: text(pk), sk: text(sk) } },
      }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [tables.trail]: requests } }));
    },
  };
};
export type Parking = ReturnType<typeof parking>;
