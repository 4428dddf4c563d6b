import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import type { OnWearer } from '#domain/response/wearer-days.ts';
import { type Item, number, readJson, text } from './items.ts';
import { queryAll } from './query.ts';
import { wornListKey } from './response-keys.ts';

/** An activation among all of its agency: wearer-days are counted by them. */
export const wornListing = (agencyId: AgencyId, { startsAt }: Activation): Item => ({
  listKey: text(wornListKey(agencyId)),
  listAt: number(startsAt),
});

/**
 * Loads every device of an agency that was put on a wearer by an instant. By an index, so a second
 * behind at most.
 */
export const onWearers =
  (client: DynamoDBClient, TableName: string) =>
  async (agencyId: AgencyId, until: Instant): Promise<OnWearer[]> => {
    const items = await queryAll(client, {
      TableName,
      IndexName: 'list',
      KeyConditionExpression: 'listKey = :list AND listAt <= :until',
      ExpressionAttributeValues: {
        ':list': text(wornListKey(agencyId)),
        ':until': number(until),
      },
    });
    return items.map((item) => readJson(item, 'body', activationSchema));
  };
export type LoadOnWearers = ReturnType<typeof onWearers>;
