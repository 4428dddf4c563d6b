import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant, instantSchema } from '#domain/model/instant.ts';
import { type Item, keyItem, number, readNumber, text } from './items.ts';
import { PARKED_RANGE, parkedStretchKey, wearerPk } from './keys.ts';
import { between, queryAll } from './query.ts';

/** A stretch for which a wearer was parked. */
export type ParkedStretch = Readonly<{
  parkedAt: Instant;
  /** Null: they still are. */
  unparkedAt: Instant | null;
  /** How far they had been evaluated; the beginning of time, where nothing was known of them. */
  evaluatedUntil: Instant;
}>;

/** Puts on record that a wearer is parked from now on. */
export const stretchBegun = (
  TableName: string,
  wearer: WearerRef,
  { parkedAt, evaluatedUntil }: Omit<ParkedStretch, 'unparkedAt'>,
): TransactWriteItem => ({
  Put: {
    TableName,
    Item: {
      ...keyItem(parkedStretchKey(wearer, parkedAt)),
      entity: text('PARKED-STRETCH'),
      parkedAt: number(parkedAt),
      evaluatedUntil: number(evaluatedUntil),
    },
  },
});

/** Puts on record that a wearer who was parked at an instant no longer is. */
export const stretchEnded = (
  TableName: string,
  wearer: WearerRef,
  { parkedAt, unparkedAt }: Readonly<{ parkedAt: Instant; unparkedAt: Instant }>,
): TransactWriteItem => ({
  Update: {
    TableName,
    Key: keyItem(parkedStretchKey(wearer, parkedAt)),
    UpdateExpression: 'SET parkedAt = :parked, unparkedAt = :unparked',
    ExpressionAttributeValues: { ':parked': number(parkedAt), ':unparked': number(unparkedAt) },
  },
});

const stretchFrom = (item: Item): ParkedStretch => {
  const read = (name: string): Instant => instantSchema.parse(readNumber(item, name));
  const [parkedAt, isOver] = [read('parkedAt'), item.unparkedAt !== undefined];
  // Of who was parked before stretches were kept nobody knows how far they had been evaluated.
  const evaluatedUntil = item.evaluatedUntil === undefined ? instant(0) : read('evaluatedUntil');
  return { parkedAt, unparkedAt: isOver ? read('unparkedAt') : null, evaluatedUntil };
};

/** Loads every stretch for which a wearer was parked, the oldest first. */
export const parkedStretches =
  (client: DynamoDBClient, table: string) =>
  async (wearer: WearerRef): Promise<ParkedStretch[]> => {
    const items = await queryAll(client, between(table, wearerPk(wearer), PARKED_RANGE));
    return items.map(stretchFrom);
  };
export type LoadParkedStretches = ReturnType<typeof parkedStretches>;
