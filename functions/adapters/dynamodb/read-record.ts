import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, isoInstantSchema, toIso } from '#domain/model/instant.ts';
import { type Item, readJson, readText } from './items.ts';
import { wearerPk } from './keys.ts';
import { between, pagesOf } from './query.ts';

/** An entry as it stands on record, whatever it tells of. */
export type KeptEntry = Readonly<{
  /** Its sort key. */
  name: string;
  type: string;
  at: Instant;
  body: Readonly<Record<string, unknown>>;
}>;

const bodySchema = z.record(z.string(), z.unknown());

const entryFrom = (item: Item): KeptEntry => ({
  ...{ name: readText(item, 'sk'), type: readText(item, 'type') },
  at: isoInstantSchema.parse(readText(item, 'at')),
  body: readJson(item, 'body', bodySchema),
});

/**
 * Reads the record of a wearer from one instant to another, both included, a page at a time: it may
 * be of any length. Strongly consistent.
 */
export const readRecord = (client: DynamoDBClient, table: string) =>
  async function* (
    wearer: WearerRef,
    { fromAt, toAt }: Readonly<{ fromAt: Instant; toAt: Instant }>,
  ): AsyncGenerator<KeptEntry> {
    const range = { from: toIso(fromAt), to: `${toIso(toAt)}~` };
    for await (const items of pagesOf(client, between(table, wearerPk(wearer), range))) {
      yield* items.map(entryFrom);
    }
  };
export type ReadRecord = ReturnType<typeof readRecord>;
