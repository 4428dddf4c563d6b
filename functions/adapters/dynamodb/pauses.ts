import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { DatedPause } from '#domain/escalate/pauses.ts';
import type { AgencyId, AlertId, PauseId } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant } from '#domain/model/instant.ts';
import { keptPauseSchema } from '#domain/model/pause.ts';
import { datesOf } from './documents.ts';
import { PAUSE_PREFIX, pausedKey, pausedPk, pausesPk } from './hold-keys.ts';
import { type Item, keyItem, MalformedItem, number, readJson, readText, text } from './items.ts';
import { queryAll, startingWith } from './query.ts';

/** An alert that a pause holds, from an instant on. */
export type Paused = Readonly<{ pauseId: PauseId; alertId: AlertId; at: Instant }>;

/** A pause holds nothing for longer than a month: in what order it did is asked no more by then. */
const GONE_AFTER_SECONDS = 92 * DAY_SECONDS;

/** A pause as it is kept; nothing of one that cannot be read. */
export const pauseFrom = (item: Item): DatedPause[] => {
  try {
    const { changedAt } = datesOf(item);
    return [{ pause: readJson(item, 'body', keptPauseSchema), changedAt }];
  } catch (error) {
    // Record: a pause that cannot be read holds nothing, and everybody is told.
    if (error instanceof MalformedItem) return [];
    throw error;
  }
};

/** An agency's pauses, and in which order they have held alerts. */
export const pauseStore = (client: DynamoDBClient, TableName: string) => ({
  /** All of them, those that are over as well. */
  load: async (agencyId: AgencyId): Promise<DatedPause[]> => {
    const items = await queryAll(client, startingWith(TableName, pausesPk(agencyId), PAUSE_PREFIX));
    return items.flatMap(pauseFrom);
  },

  /** Saved with the alert: a pause lets its alerts go in the order in which they came. */
  heldPut: (agencyId: AgencyId, { pauseId, ...paused }: Paused): TransactWriteItem => ({
    Put: {
      TableName,
      Item: {
        ...keyItem(pausedKey(agencyId, pauseId, paused)),
        entity: text('PAUSED'),
        alertId: text(paused.alertId),
        goneAt: number(Math.ceil(paused.at / 1000) + GONE_AFTER_SECONDS),
      },
    },
  }),

  /** How many alerts a pause held before one. */
  countBefore: async (
    agencyId: AgencyId,
    { pauseId, alertId }: Pick<Paused, 'pauseId' | 'alertId'>,
  ): Promise<number> => {
    const rows = await queryAll(
      client,
      startingWith(TableName, pausedPk(agencyId, pauseId), 'ALERT#'),
    );
    const nth = rows.findIndex((row) => readText(row, 'alertId') === alertId);
    return nth < 0 ? rows.length : nth;
  },
});
export type PauseStore = ReturnType<typeof pauseStore>;
