import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Period, Tampered, Worn } from '#domain/fleet/device-batches.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { json, keyItem, number, readJson, text } from './items.ts';
import { batchedKey, batchesPk, listKey } from './keys.ts';
import { queryAll } from './query.ts';
import { violationFrom } from './violations.ts';

/** Where an activation is found by the batch of its device; nothing where none is stated. */
export const batchedPut = (
  TableName: string,
  agencyId: AgencyId,
  activation: Activation,
): TransactWriteItem[] => {
  const { deviceBatch, activationId } = activation;
  if (deviceBatch === undefined) return [];
  const key = keyItem(batchedKey(agencyId, activationId));
  const row = { entity: text('ACTIVATION-OF-BATCH'), body: json(activation) };
  return [{ Put: { TableName, Item: { ...key, ...row } } }];
};

export type Batched = Readonly<{ worn: readonly Worn[]; tampers: readonly Tampered[] }>;

/** Every device of an agency whose batch is known, and all that was tampered with in a time. */
export const deviceBatches =
  (client: DynamoDBClient, TableName: string) =>
  async (agencyId: AgencyId, { fromAt, untilAt }: Period): Promise<Batched> => {
    const [devices, violations] = await Promise.all([
      queryAll(client, {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': text(batchesPk(agencyId)) },
      }),
      queryAll(client, {
        TableName,
        IndexName: 'list',
        KeyConditionExpression: 'listKey = :list AND listAt BETWEEN :from AND :until',
        ExpressionAttributeValues: {
          ':list': text(listKey(agencyId, 'tamper')),
          ':from': number(fromAt),
          ':until': number(untilAt),
        },
      }),
    ]);
    const activations = devices.map((item) => readJson(item, 'body', activationSchema));
    return {
      worn: activations.flatMap(({ deviceBatch, ...worn }) =>
        deviceBatch === undefined ? [] : [{ ...worn, deviceBatch }],
      ),
      tampers: violations.map(violationFrom).filter(({ status }) => status !== 'withdrawn'),
    };
  };
export type LoadDeviceBatches = ReturnType<typeof deviceBatches>;
