import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type LearnedPlaces,
  type LearnedVersion,
  learnedPlacesSchema,
} from '#domain/evaluate/position/learn-places.ts';
import type { DatedVersion } from '#domain/model/documents.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { batchGet } from './batch-get.ts';
import { documents } from './documents.ts';
import { type Item, keyItem, readJson } from './items.ts';
import { learnedKey } from './keys.ts';
import { noticePut } from './notice.ts';
import { datedOf } from './versions.ts';

export const learnedFrom = (item: Item): DatedVersion<LearnedPlaces> => ({
  ...datedOf(item),
  value: readJson(item, 'body', learnedPlacesSchema),
});

type Learned = Readonly<{
  places: readonly LearnedVersion[];
  learnedAt: Instant;
  readVersion: number;
}>;

export const learnedPlaces = (client: DynamoDBClient, table: string) => {
  const { save: saveDocument } = documents(client, table);

  /** What was learned last of a wearer's places; null where nothing was. */
  const load = async (wearer: WearerRef): Promise<DatedVersion<LearnedPlaces> | null> => {
    const [item] = await batchGet(client, table, [keyItem(learnedKey(wearer))]);
    return item === undefined ? null : learnedFrom(item);
  };

  /** Puts what was learned as the next version, with the notice that evaluation acts upon. */
  const save = (wearer: WearerRef, learned: Learned): Promise<'saved' | 'conflict'> => {
    const { places, learnedAt: changedAt, readVersion } = learned;
    const key = learnedKey(wearer);
    const notice = { ...wearer, changedAt, inForceAt: null };
    return saveDocument({
      ...{ key, entity: 'LEARNED', body: { places }, readVersion, changedAt },
      beside: [noticePut(table, key, { version: readVersion + 1, notice })],
    });
  };

  return { load, save };
};
export type LearnedPlacesStore = ReturnType<typeof learnedPlaces>;
