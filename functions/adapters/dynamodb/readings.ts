import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { ERASURE_TYPE } from '#domain/record/erasure.ts';
import { type Reading, readingSchema } from '#domain/record/reading.ts';
import { keyItem, readJson, readText } from './items.ts';
import { putOnce } from './put-once.ts';
import { between, queryAll } from './query.ts';
import { type ReadOf, readingKey, readingsPk } from './reading-keys.ts';
import { entryPut } from './record.ts';

/** Keeps that something about somebody is read, before it is. Throws where it cannot be kept. */
export const putReading =
  (client: DynamoDBClient, table: string) =>
  async (of: ReadOf, reading: Reading, nonce: string): Promise<void> => {
    const key = readingKey(of, reading, nonce);
    await putOnce(client, entryPut(table, key, { at: reading.at, type: 'read', body: reading }));
  };
export type PutReading = ReturnType<typeof putReading>;

type Stretch = Readonly<{
  fromAt: Instant;
  toAt: Instant;
  /** The last that was read of the stretch; null: from its beginning. */
  after: string | null;
}>;

/**
 * The next readings of what is known of somebody, in their order, at most so many. `next` is what
 * to go on after; null: there are no more.
 */
export const readings =
  (client: DynamoDBClient, table: string) =>
  async (of: ReadOf, { fromAt, toAt, after }: Stretch, most: number) => {
    const pk = readingsPk(of);
    const [from, to] = [toIso(fromAt), `${toIso(toAt)}#~`];
    if (after !== null && !(after >= from && after <= to)) return { readings: [], next: null };
    const start = after === null ? {} : { ExclusiveStartKey: keyItem({ pk, sk: after }) };
    const query = { ...between(table, pk, { from, to }), ...start };
    const items = await queryAll(client, query, most + 1);
    const [page, isAll] = [items.slice(0, most), items.length <= most];
    const last = page.at(-1);
    return {
      // What was erased of them is said among them, so that their chain verifies.
      readings: page
        .filter((item) => item.type?.S !== ERASURE_TYPE)
        .map((item): Reading => readJson(item, 'body', readingSchema)),
      next: isAll || last === undefined ? null : readText(last, 'sk'),
    };
  };
export type LoadReadings = ReturnType<typeof readings>;
