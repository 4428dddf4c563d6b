import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { sealedPk } from './chain-keys.ts';
import { readText } from './items.ts';
import { wearerPk } from './keys.ts';
import { between, pagesOf } from './query.ts';

/** Loads the names of a wearer's entries between two instants that stand in their chain. */
export const sealedNames =
  (client: DynamoDBClient, table: string) =>
  async (
    wearer: WearerRef,
    { fromAt, toAt }: Readonly<{ fromAt: Instant; toAt: Instant }>,
  ): Promise<ReadonlySet<string>> => {
    const range = { from: toIso(fromAt), to: `${toIso(toAt)}~` };
    const names = new Set<string>();
    for await (const items of pagesOf(client, between(table, sealedPk(wearerPk(wearer)), range))) {
      for (const item of items) names.add(readText(item, 'sk'));
    }
    return names;
  };
export type LoadSealedNames = ReturnType<typeof sealedNames>;
