import type {
  DynamoDBClient,
  QueryCommandInput,
  TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { Slice } from '#domain/evaluate/slice.ts';
import { compareInputs, eachOnce, identityOf } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { digest } from '#domain/model/digest.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import { packEvents, unpackEvents } from '#domain/trail/pack-events.ts';
import { binary, json, keyItem, number, readBinary, text } from './items.ts';
import { lateKey, trailKey, wearerPk } from './keys.ts';
import { queryAll } from './query.ts';

const firstRecordedAt = (slice: Slice): Instant => slice.inputs[0]?.recordedAt ?? slice.startedAt;

/** A closed slice, under the instant of its first input. Written once: a repeat is the same slice. */
export const slicePut = (table: string, wearer: WearerRef, slice: Slice): TransactWriteItem => ({
  Put: {
    TableName: table,
    Item: {
      ...keyItem(trailKey(wearer, firstRecordedAt(slice))),
      startedAt: number(slice.startedAt),
      snapshot: json(slice.snapshot),
      inputs: binary(packEvents(slice.inputs)),
    },
  },
});

/** Events older than the current slice, under a name made of their identities: a repeat is no news. */
export const latePut = (
  table: string,
  wearer: WearerRef,
  events: readonly DeviceEvent[],
): TransactWriteItem => {
  const inOrder = [...events].sort(compareInputs);
  const name = digest(inOrder.map(identityOf).join('\n'));
  const firstAt = inOrder[0]?.recordedAt ?? instant(0);
  return {
    Put: {
      TableName: table,
      Item: {
        ...keyItem(lateKey(wearer, firstAt, name)),
        inputs: binary(packEvents(inOrder)),
      },
    },
  };
};

/** At most so many items of one read: a wearer-day at a fix a minute is 90 slices. */
const MOST_ITEMS = 1_000;

type Range = Readonly<{ from: string; to: string }>;

const between = (table: string, wearer: WearerRef, { from, to }: Range): QueryCommandInput => ({
  TableName: table,
  ConsistentRead: true,
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
  ExpressionAttributeValues: {
    ':pk': text(wearerPk(wearer)),
    ':from': text(from),
    ':to': text(to),
  },
});

export const trail = (client: DynamoDBClient, table: string) => {
  /** What the trail holds of a wearer between two instants, both included; late events among the others. */
  const load = async (
    wearer: WearerRef,
    fromAt: Instant,
    toAt: Instant,
  ): Promise<DeviceEvent[]> => {
    const [from, to] = [toIso(fromAt), toIso(toAt)];
    // The slice that began before what is asked for may reach into it.
    const before = between(table, wearer, { from: 'SLICE#', to: `SLICE#${from}` });
    const [reaching, slices, late] = await Promise.all([
      queryAll(client, { ...before, ScanIndexForward: false, Limit: 1 }, 1),
      queryAll(
        client,
        between(table, wearer, { from: `SLICE#${from}~`, to: `SLICE#${to}~` }),
        MOST_ITEMS,
      ),
      queryAll(client, between(table, wearer, { from: 'LATE#', to: `LATE#${to}~` }), MOST_ITEMS),
    ]);
    return eachOnce(
      [...reaching, ...slices, ...late]
        .flatMap((item) => unpackEvents(readBinary(item, 'inputs')))
        .filter((event) => event.recordedAt >= fromAt && event.recordedAt <= toAt),
    );
  };

  return { load };
};
export type Trail = ReturnType<typeof trail>;
