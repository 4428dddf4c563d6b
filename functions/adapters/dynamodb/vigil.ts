import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Vigil, vigilSchema } from '#domain/audit/vigil.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { isConflict } from './errors.ts';
import { json, number, readJson, readNumber, text } from './items.ts';
import { vigilPk } from './vigil-keys.ts';

/** The vigil as it was read; epoch 0 where there is none yet. */
export type KeptVigil = Readonly<{ epoch: number; vigil: Vigil | null }>;

/** What the auditor and the canary remember, in a table that they share with nobody. */
export const vigilItem = (client: DynamoDBClient, TableName: string, agencyId: AgencyId) => {
  const pk = text(vigilPk(agencyId));

  const load = async (): Promise<KeptVigil> => {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName, Key: { pk }, ConsistentRead: true }),
    );
    if (item === undefined) return { epoch: 0, vigil: null };
    return { epoch: readNumber(item, 'epoch'), vigil: readJson(item, 'body', vigilSchema) };
  };

  /** Saves on the epoch that was read: of two watchers at once, the second looks again. */
  const save = async (vigil: Vigil, read: number): Promise<'saved' | 'conflict'> => {
    const Item = { pk, epoch: number(read + 1), body: json(vigil) };
    const guard =
      read === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'epoch = :epoch',
            ExpressionAttributeValues: { ':epoch': number(read) },
          };
    try {
      await client.send(new PutItemCommand({ TableName, Item, ...guard }));
      return 'saved';
    } catch (error) {
      // Retry: by whoever saves, on what the other has written.
      if (isConflict(error)) return 'conflict';
      throw error;
    }
  };

  return { load, save };
};
export type VigilItem = ReturnType<typeof vigilItem>;
