import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WearerRef } from '#domain/model/ids.ts';
import type { ErasablePiece } from './erasable.ts';
import { pausesPk } from './hold-keys.ts';
import { type Item, keyOf } from './items.ts';
import { ownDateOf } from './own-date.ts';
import { pauseFrom } from './pauses.ts';
import { queryAll, wholePartition } from './query.ts';

const isOf =
  ({ wearerId }: WearerRef) =>
  (item: Item): boolean =>
    pauseFrom(item).some(
      ({ pause: { scope } }) => scope.kind === 'wearer' && scope.wearerId === wearerId,
    );

/** Loads the pauses of one wearer's alerts, each version of them: they lie with all pauses. */
export const pausesOfWearer =
  (client: DynamoDBClient, table: string) =>
  async (wearer: WearerRef): Promise<ErasablePiece[]> => {
    const items = await queryAll(client, wholePartition(table, pausesPk(wearer.agencyId)));
    return items.filter(isOf(wearer)).map((item) => {
      const key = keyOf(item);
      const piece = { dataClass: 'decisions', name: key.sk, at: ownDateOf(item) } as const;
      return { ...piece, chain: null, rows: [{ table: 'monitoring', key }] };
    });
  };
