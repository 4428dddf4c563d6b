import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type AgencyId, type WearerId, wearerIdSchema } from '#domain/model/ids.ts';
import { type Wearer, wearerSchema } from '#domain/model/wearer.ts';
import { batchGet } from './batch-get.ts';
import { MOBILE_OF_WEARER_PREFIX, mobileOfWearerKey, mobilePk } from './contact-keys.ts';
import { keyItem, readJson, readText, text } from './items.ts';
import { wearerKey } from './keys.ts';
import { queryAll, startingWith } from './query.ts';

/** Names a wearer beside their mobile number, so that who texts us is found by it. */
export const mobileOfWearerPut = (
  TableName: string,
  agencyId: AgencyId,
  { wearerId, mobile }: Pick<Wearer, 'wearerId' | 'mobile'>,
): TransactWriteItem[] => {
  if (mobile === null) return [];
  const Item = {
    ...keyItem(mobileOfWearerKey(agencyId, mobile, wearerId)),
    ...{ entity: text('MOBILE'), wearerId: text(wearerId) },
  };
  return [{ Put: { TableName, Item } }];
};

/**
 * Wearers by their mobile number, by their ids. It may be of several, such as a phone in a hostel;
 * who has another number by now, or is protected and under no supervision, is not among them.
 */
export const wearersByMobile =
  (client: DynamoDBClient, table: string) =>
  async (agencyId: AgencyId, mobile: string): Promise<WearerId[]> => {
    const pk = mobilePk(agencyId, mobile);
    const items = await queryAll(client, startingWith(table, pk, MOBILE_OF_WEARER_PREFIX));
    const keys = items.map((item) => {
      const wearerId = wearerIdSchema.parse(readText(item, 'wearerId'));
      return keyItem(wearerKey({ agencyId, wearerId }));
    });
    const known = await batchGet(client, table, keys);
    return known
      .map((item) => readJson(item, 'body', wearerSchema))
      .filter((wearer) => wearer.mobile === mobile && wearer.kind === 'wearer')
      .map(({ wearerId }) => wearerId)
      .toSorted();
  };
export type LoadWearersByMobile = ReturnType<typeof wearersByMobile>;
