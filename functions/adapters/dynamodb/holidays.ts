import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { holidaysSchema } from '#domain/model/holidays.ts';
import type { AgencyId, HolidaysId } from '#domain/model/ids.ts';
import type { HolidayDates } from '#domain/rota/stretch.ts';
import { batchGet } from './batch-get.ts';
import { keyItem, readJson } from './items.ts';
import { sharedKey } from './keys.ts';

/** Loads the dates of some holidays; those that are not on record are left out. */
export const holidayDates =
  (client: DynamoDBClient, table: string) =>
  async (agencyId: AgencyId, ids: readonly HolidaysId[]): Promise<HolidayDates> => {
    const keys = [...new Set(ids)].map((id) => keyItem(sharedKey(agencyId, 'HOLIDAYS', id)));
    const found = await batchGet(client, table, keys);
    return new Map(
      found.map((item) => {
        const { holidaysId, days } = readJson(item, 'body', holidaysSchema);
        return [holidaysId, days.map(({ date }) => date)] as const;
      }),
    );
  };
