import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { AgencyId, WearerId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Nudge } from '#domain/model/nudge.ts';
import { type TextsOff, textsOffSchema, textsStoppedAt, turned } from '#domain/model/texts-off.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import type { NudgedNow } from '#domain/notify/why-not-sent.ts';
import { mobilePk } from './contact-keys.ts';
import { type Documents, documents } from './documents.ts';
import { type Item, json, keyItem, readJson, text } from './items.ts';
import { type Key, violationKey, wearerKey } from './keys.ts';
import { recordPut } from './record.ts';
import { transact } from './transact.ts';
import { violationFrom } from './violations.ts';

/** Whether texts to a number were stopped; beside those who have it. */
const textsKey = (agencyId: AgencyId, mobile: string): Key => ({
  pk: mobilePk(agencyId, mobile),
  sk: 'TEXTS',
});

/** A wearer's STOP or START, and those whose number it is. */
export type TextsTurned = Readonly<{
  agencyId: AgencyId;
  mobile: string;
  wearerIds: readonly WearerId[];
  messageId: string;
  kind: 'stop' | 'start';
  now: Instant;
}>;

/** So many times are kept: far more than proposals look back on. */
const MOST_KEPT = 20;

const textsOffIn = (item: Item | null): TextsOff[] =>
  item === null ? [] : readJson(item, 'body', z.array(textsOffSchema));

/** When texts to the wearers of a number were off, the last times, the oldest first. */
export const loadTextsOff = async (
  { loadItem }: Pick<Documents, 'loadItem'>,
  agencyId: AgencyId,
  mobile: string,
): Promise<TextsOff[]> => textsOffIn(await loadItem(textsKey(agencyId, mobile)));

/**
 * Turns texts to wearers off or on for a number, with an entry of each one's record: one
 * transaction. The same message again changes nothing. Since when they are off; null: they are on.
 */
export const turnTexts = (
  client: DynamoDBClient,
  tables: Readonly<{ monitoring: string; record: string }>,
) => {
  const { loadItem } = documents(client, tables.monitoring);
  return async (asked: TextsTurned): Promise<Instant | null> => {
    const { agencyId, mobile, wearerIds, messageId, kind, now } = asked;
    const key = textsKey(agencyId, mobile);
    const textsOff = turned(textsOffIn(await loadItem(key)), kind, now).slice(-MOST_KEPT);
    const Item: Item = { ...keyItem(key), entity: text('TEXTS'), body: json(textsOff) };
    const type = kind === 'stop' ? 'texts-stopped' : 'texts-started';
    // Record: entries that are there already came with the same change, in another try.
    await transact(client, [
      { Put: { TableName: tables.monitoring, Item } },
      ...wearerIds.map((wearerId) =>
        recordPut(tables.record, {
          ...{ wearer: { agencyId, wearerId }, at: now, type, name: `TEXTS#${messageId}` },
          body: { by: wearerId },
        }),
      ),
    ]);
    return textsStoppedAt(textsOffIn(await loadItem(key)));
  };
};
export type TurnTexts = ReturnType<typeof turnTexts>;

/** Loads what is known of a nudge's wearer, and of what called for it, just now. */
export const nudgedNow = (client: DynamoDBClient, table: string) => {
  const docs = documents(client, table);
  return async (agencyId: AgencyId, nudge: Nudge): Promise<NudgedNow> => {
    const wearer = { agencyId, wearerId: nudge.wearerId };
    const [known, found] = await Promise.all([
      docs.load(wearerKey(wearer), wearerSchema),
      docs.loadItem(violationKey(wearer, nudge.nudgeId)),
    ]);
    const mobile = known === null ? nudge.mobile : known.value.mobile;
    const textsOff = mobile === null ? [] : await loadTextsOff(docs, agencyId, mobile);
    return {
      mobile,
      choice: known?.value.nudges ?? { off: [], quietHours: null },
      hasStopped: textsStoppedAt(textsOff) !== null,
      isOver: found !== null && violationFrom(found).status !== 'open',
    };
  };
};
