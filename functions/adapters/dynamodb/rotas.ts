import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type AgencyId, type RotaId, rotaIdSchema } from '#domain/model/ids.ts';
import { type Rota, rotaSchema } from '#domain/model/rota.ts';
import { batchGet } from './batch-get.ts';
import { holidayDates } from './holidays.ts';
import { keyItem, readJson, readText, text } from './items.ts';
import { sharedKey } from './keys.ts';
import { queryAll } from './query.ts';
import { listedRotaKey, rotasPk } from './rota-keys.ts';

/** Names a rota among those of its agency, beside the rota itself. */
export const listedRotaPut = (
  TableName: string,
  agencyId: AgencyId,
  rotaId: RotaId,
): TransactWriteItem => {
  const key = keyItem(listedRotaKey(agencyId, rotaId));
  return { Put: { TableName, Item: { ...key, entity: text('LISTED-ROTA') } } };
};

/** Loads rotas of an agency, all of them or some, and the holidays that they skip. */
export const rotaStore = (client: DynamoDBClient, table: string) => {
  const loadSome = async (agencyId: AgencyId, ids: readonly RotaId[]): Promise<Rota[]> => {
    const keys = [...new Set(ids)].map((id) => keyItem(sharedKey(agencyId, 'ROTA', id)));
    return (await batchGet(client, table, keys)).map((item) => readJson(item, 'body', rotaSchema));
  };
  const loadAll = async (agencyId: AgencyId): Promise<Rota[]> => {
    const rows = await queryAll(client, {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': text(rotasPk(agencyId)) },
    });
    return loadSome(
      agencyId,
      rows.map((row) => rotaIdSchema.parse(readText(row, 'sk'))),
    );
  };
  return { loadSome, loadAll, loadHolidays: holidayDates(client, table) };
};
export type RotaStore = ReturnType<typeof rotaStore>;
