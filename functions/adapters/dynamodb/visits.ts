import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Visit, visitSchema } from '#domain/model/visit.ts';
import { readJson } from './items.ts';
import { wearerPk } from './keys.ts';
import { queryAll, startingWith } from './query.ts';
import { VISIT_PREFIX } from './visit-keys.ts';

/** Every home visit of a wearer, planned or made, as they stand. */
export const visits =
  (client: DynamoDBClient, table: string) =>
  async (wearer: WearerRef): Promise<Visit[]> => {
    const items = await queryAll(client, startingWith(table, wearerPk(wearer), VISIT_PREFIX));
    return items.map((item) => readJson(item, 'body', visitSchema));
  };
export type LoadVisits = ReturnType<typeof visits>;
