import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { identityOf } from '#domain/evaluate/slice.ts';
import { agencyIdSchema, type WearerRef, wearerIdSchema } from '#domain/model/ids.ts';
import { DAY_MILLISECONDS } from '#domain/model/instant.ts';
import { eventsOf } from '../dynamodb/item-events.ts';
import { type Item, readText } from '../dynamodb/items.ts';
import { isAside } from '../dynamodb/keys.ts';
import { startOfDay } from '../dynamodb/trail-day.ts';

/**
 * The first line of a day's object: whose day it is, and what the lines after it must come to.
 * `events` are those of the trail recorded on this day, each once; `setAside` those of devices that
 * were not on the wearer.
 */
const manifestSchema = z.strictObject({
  form: z.literal(1),
  ...{ agencyId: agencyIdSchema, wearerId: wearerIdSchema, day: z.iso.date() },
  ...{ items: z.int(), events: z.int(), setAside: z.int() },
  /** Of the lines after the first, in hexadecimal. */
  sha256: z.string().length(64),
});
export type DayManifest = z.infer<typeof manifestSchema>;

export type WearerDay = Readonly<{ wearer: WearerRef; day: string }>;

/** An object that does not hold what its manifest says. Parked by whoever meets it. */
export class MalformedDay extends Error {
  constructor(what: string) {
    super(`an archived day ${what}`);
    this.name = 'MalformedDay';
  }
}

/** Belongs to the table's index alone: it would make two items of one. */
const OF_THE_INDEX = new Set(['dueShard', 'nextDueAt', 'archivedTo']);

const writtenValue = ({ S, N, B }: AttributeValue): object => {
  if (S !== undefined) return { S };
  if (N !== undefined) return { N };
  if (B !== undefined) return { B: Buffer.from(B).toString('base64') };
  throw new MalformedDay('would hold an attribute that is neither text, number nor bytes');
};

const lineOf = (item: Item): string => {
  const kept = Object.entries(item).filter(([name]) => !OF_THE_INDEX.has(name));
  const sorted = kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted.map(([k, v]) => [k, writtenValue(v)])));
};

const lineSchema = z.record(
  z.string(),
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ B: z.base64().transform((text) => Buffer.from(text, 'base64')) }),
  ]),
);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const eventsOn = (day: string, items: readonly Item[]): number => {
  const [fromAt, toAt] = [startOfDay(day), startOfDay(day) + DAY_MILLISECONDS];
  const within = items
    .flatMap(eventsOf)
    .filter(({ recordedAt }) => recordedAt >= fromAt && recordedAt < toAt);
  return new Set(within.map(identityOf)).size;
};

/**
 * One wearer's day as gzipped lines of JSON: the manifest, then each item as it stood in the table,
 * in DynamoDB's own JSON. The same items, in any order and however often, make the same bytes.
 */
export const packDay = ({ wearer, day }: WearerDay, items: readonly Item[]) => {
  const byLine = new Map(items.map((item) => [lineOf(item), item]));
  const lines = [...byLine.keys()].sort();
  const once = [...byLine.values()];
  const text = lines.map((line) => `${line}\n`).join('');
  const manifest: DayManifest = {
    form: 1,
    ...wearer,
    day,
    items: lines.length,
    events: eventsOn(
      day,
      once.filter((item) => !isAside(readText(item, 'sk'))),
    ),
    setAside: eventsOn(
      day,
      once.filter((item) => isAside(readText(item, 'sk'))),
    ),
    sha256: sha256(text),
  };
  return new Uint8Array(gzipSync(`${JSON.stringify(manifest)}\n${text}`));
};

/** Reads an object. Throws `MalformedDay` where it is not what was packed, or another's day. */
export const unpackDay = (
  { wearer, day }: WearerDay,
  body: Uint8Array,
): Readonly<{ manifest: DayManifest; items: Item[] }> => {
  const text = gunzipSync(body).toString('utf8');
  const end = text.indexOf('\n') + 1;
  const manifest = manifestSchema.parse(JSON.parse(text.slice(0, end)));
  const rest = text.slice(end);
  if (sha256(rest) !== manifest.sha256) throw new MalformedDay('is not what was archived');
  const { agencyId, wearerId } = manifest;
  if (agencyId !== wearer.agencyId || wearerId !== wearer.wearerId || manifest.day !== day) {
    throw new MalformedDay("stands under another's key");
  }
  const lines = rest.split('\n').filter((line) => line !== '');
  return { manifest, items: lines.map((line) => lineSchema.parse(JSON.parse(line))) };
};
