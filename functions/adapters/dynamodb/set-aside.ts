import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { eventsOf } from './item-events.ts';
import { wearerPk } from './keys.ts';
import { between, queryAll } from './query.ts';

/**
 * Loads the events that a table holds of devices that were not on the wearer, by when the first of
 * those that came together was recorded. Both ends are included.
 */
export const setAside =
  (client: DynamoDBClient, table: string) =>
  async (
    wearer: WearerRef,
    { fromAt, toAt }: Readonly<{ fromAt: Instant; toAt: Instant }>,
  ): Promise<DeviceEvent[]> => {
    const range = { from: `ASIDE#${toIso(fromAt)}`, to: `ASIDE#${toIso(toAt)}~` };
    const items = await queryAll(client, between(table, wearerPk(wearer), range));
    return items.flatMap(eventsOf);
  };
export type SetAside = ReturnType<typeof setAside>;
