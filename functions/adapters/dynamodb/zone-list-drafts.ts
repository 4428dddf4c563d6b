import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { conditionHeld } from './errors.ts';
import { type Item, keyItem, number, readJson, readText } from './items.ts';
import { type Key, versionsRange } from './keys.ts';
import { between, queryAll } from './query.ts';
import { DRAFTS_RANGE, zoneListPartKey } from './zone-list-keys.ts';
import { DRAFT_KEPT_SECONDS, storedZonesSchema } from './zone-lists.ts';

const partsOf = (item: Item): readonly string[] => readJson(item, 'body', storedZonesSchema).parts;

/**
 * Sweeps a draft of a zone list that has been kept for long enough, with the parts that only it
 * names: nothing that a version or another draft names is touched, nor what was sent again since.
 */
export const sweepZoneListDraft = (client: DynamoDBClient, TableName: string) => {
  /** Deletes what still fulfils a condition; what does not stays. */
  const remove = async (key: Key, only: string, values: Item): Promise<void> => {
    const condition = { ConditionExpression: only, ExpressionAttributeValues: values };
    const command = new DeleteItemCommand({ TableName, Key: keyItem(key), ...condition });
    // Record: where it was sent again in the meantime it is swept when that is due.
    await conditionHeld(client.send(command));
  };

  return async (key: Key, now: Instant): Promise<void> => {
    const list = { pk: key.pk, sk: 'CURRENT' };
    const [drafts, versions] = await Promise.all([
      queryAll(client, between(TableName, key.pk, DRAFTS_RANGE)),
      queryAll(client, between(TableName, key.pk, versionsRange(list))),
    ]);
    const draft = drafts.find((item) => readText(item, 'sk') === key.sk);
    if (draft === undefined) return;
    const others = drafts.filter((item) => readText(item, 'sk') !== key.sk);
    const named = new Set([...others, ...versions].flatMap(partsOf));
    const keptBefore = number(secondsAfter(now, -DRAFT_KEPT_SECONDS));
    for (const name of partsOf(draft).filter((part) => !named.has(part))) {
      await remove(zoneListPartKey(list, name), 'keptAt < :before', { ':before': keptBefore });
    }
    await remove(key, 'nextDueAt < :now', { ':now': number(now) });
  };
};
export type SweepZoneListDraft = ReturnType<typeof sweepZoneListDraft>;
