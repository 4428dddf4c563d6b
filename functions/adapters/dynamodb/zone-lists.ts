import { createHash } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { ZoneList } from '#domain/geo/zone-list.ts';
import { decodeZoneList } from '#domain/geo/zone-list-codec.ts';
import { type Dated, type ZoneListVersion, zoneListLabelSchema } from '#domain/model/documents.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '#domain/model/instant.ts';
import { batchGet } from './batch-get.ts';
import {
  binary,
  type Item,
  json,
  keyItem,
  MalformedItem,
  number,
  readBinary,
  readJson,
  readNumber,
  readText,
  text,
} from './items.ts';
import { dueShard, type Key } from './keys.ts';
import { datedOf } from './versions.ts';
import { zoneListDraftKey, zoneListPartKey } from './zone-list-keys.ts';

/** Members in stored parts, each named by what it holds. */
export const storedZonesSchema = z.object({
  zones: z.number().int().min(1),
  parts: z.array(z.string()),
});
export type StoredZones = z.infer<typeof storedZonesSchema>;

/** A version of a list as it is kept: its members lie in parts beside it. */
const zoneListBodySchema = zoneListLabelSchema.extend(storedZonesSchema.shape);
export type ZoneListHeader = Dated & Readonly<{ value: z.infer<typeof zoneListBodySchema> }>;

export const zoneListHeaderFrom = (item: Item): ZoneListHeader => ({
  ...{ ...datedOf(item), value: readJson(item, 'body', zoneListBodySchema) },
});

/** Names a draft of a list that comes in several requests, and which of them this is. */
export type DraftPart = Readonly<{ draft: string; part: number; sentAt: Instant }>;

/** What was not published for so long is no more: a draft may be published up to a day before. */
const DRAFT_GOOD_SECONDS = 6 * DAY_SECONDS;
export const DRAFT_KEPT_SECONDS = 7 * DAY_SECONDS;

const nameOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32);

/**
 * Keeps the members of zone lists. A part is named by what it holds and never changes: versions
 * share those that are the same, and one that no version names is read by nobody.
 */
export const zoneListStore = (client: DynamoDBClient, table: string) => {
  const put = (item: Item) => client.send(new PutItemCommand({ TableName: table, Item: item }));

  /** Keeps parts, and gives their names. */
  const saveParts = async (
    list: Key,
    parts: readonly Uint8Array[],
    now: Instant,
  ): Promise<string[]> => {
    const names = parts.map(nameOf);
    const keptAt = number(now);
    for (const [i, bytes] of parts.entries()) {
      const key = zoneListPartKey(list, names[i] ?? '');
      const entity = text('ZONE-LIST-PART');
      await put({ ...keyItem(key), entity, keptAt, compiled: binary(bytes) });
    }
    return names;
  };

  /** Keeps what a request of a draft brought; the same part again replaces it. */
  const saveDraft = async (list: Key, at: DraftPart, body: StoredZones): Promise<void> => {
    const key = zoneListDraftKey(list, at);
    const due = {
      nextDueAt: number(secondsAfter(at.sentAt, DRAFT_KEPT_SECONDS)),
      dueShard: text(dueShard(list.pk)),
    };
    await put({ ...keyItem(key), entity: text('ZONE-LIST-DRAFT'), body: json(body), ...due });
  };

  /** The parts of a draft, from the first on; null where one was not sent, or too long ago. */
  const loadDraft = async (
    list: Key,
    { draft, parts, now }: Readonly<{ draft: string; parts: number; now: Instant }>,
  ): Promise<(StoredZones | null)[]> => {
    const goneBy = secondsAfter(now, DRAFT_KEPT_SECONDS - DRAFT_GOOD_SECONDS);
    const keys = Array.from({ length: parts }, (_, i) =>
      zoneListDraftKey(list, { draft, part: i + 1 }),
    );
    const items = await batchGet(client, table, keys.map(keyItem));
    const found = new Map(items.map((item) => [readText(item, 'sk'), item]));
    return keys.map(({ sk }) => {
      const item = found.get(sk);
      const isGood = item !== undefined && readNumber(item, 'nextDueAt') > goneBy;
      return isGood ? readJson(item, 'body', storedZonesSchema) : null;
    });
  };

  return { saveParts, saveDraft, loadDraft };
};
export type ZoneListStore = ReturnType<typeof zoneListStore>;

/** A list of 100,000 zones takes some 15 MB. */
const MOST_LISTS = 8;

/** Loads the members of versions of lists, each once for all wearers of this process. */
export const zoneListLoader = (client: DynamoDBClient, table: string) => {
  const loaded = new Map<string, Promise<ZoneList>>();

  const read = async (list: Key, { parts }: StoredZones): Promise<ZoneList> => {
    const keys = [...new Set(parts)].map((name) => zoneListPartKey(list, name));
    const items = await batchGet(client, table, keys.map(keyItem));
    const found = new Map(items.map((item) => [readText(item, 'sk'), item]));
    return decodeZoneList(
      keys.map(({ pk, sk }) => {
        const item = found.get(sk);
        if (item === undefined)
          throw new MalformedItem(`${pk} / ${sk}`, 'a part that is not there');
        return readBinary(item, 'compiled');
      }),
    );
  };

  const remembered = (name: string, load: () => Promise<ZoneList>): Promise<ZoneList> => {
    const known = loaded.get(name) ?? load();
    loaded.delete(name);
    loaded.set(name, known);
    // Retry: what could not be read now is read again by whoever asks next.
    known.catch(() => loaded.delete(name));
    const [oldest] = loaded.keys();
    if (loaded.size > MOST_LISTS && oldest !== undefined) loaded.delete(oldest);
    return known;
  };

  return async (list: Key, header: ZoneListHeader): Promise<ZoneListVersion & Dated> => {
    const { value, ...dates } = header;
    const fingerprint = `${value.zoneListId}.${header.version}`;
    const name = `${list.pk} ${value.parts.join(' ')}`;
    const members = await remembered(name, () => read(list, value));
    const { zoneListId, name: label } = value;
    const zones = { kind: 'list', list: members, fingerprint } as const;
    return { ...dates, value: { zoneListId, name: label, zones } };
  };
};
