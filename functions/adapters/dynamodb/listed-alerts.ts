import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Alert, alertSchema } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { number, readJson, text } from './items.ts';
import { listKey } from './keys.ts';
import { queryAll } from './query.ts';

/** Alerts of a status that opened within a stretch of time, its end not part of it. */
export type Listed = Readonly<{
  status: Alert['status'];
  fromAt: Instant;
  toAt: Instant;
  first: 'oldest' | 'newest';
  most: number;
}>;

/** An agency's alerts by when they opened; by an index, so a second behind at most. */
export const listedAlerts =
  (client: DynamoDBClient, table: string) =>
  async (agencyId: AgencyId, asked: Listed): Promise<Alert[]> => {
    const { status, fromAt, toAt, first, most } = asked;
    if (toAt <= fromAt) return [];
    const items = await queryAll(
      client,
      {
        TableName: table,
        IndexName: 'list',
        ScanIndexForward: first === 'oldest',
        KeyConditionExpression: 'listKey = :list AND listAt BETWEEN :from AND :until',
        ExpressionAttributeValues: {
          ':list': text(listKey(agencyId, status)),
          ':from': number(fromAt),
          ':until': number(instant(toAt - 1)),
        },
      },
      most,
    );
    return items.map((item) => readJson(item, 'body', alertSchema));
  };
export type LoadListed = ReturnType<typeof listedAlerts>;
