import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { coreSchema, markSchema } from '#domain/evaluate/core.ts';
import { type ClosedSlice, compareInputs, eachOnce, identityOf } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { digest } from '#domain/model/digest.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { earlierOf, type Instant, instant, instantSchema, toIso } from '#domain/model/instant.ts';
import { packEvents, unpackEvents } from '#domain/trail/pack-events.ts';
import {
  binary,
  type Item,
  keyItem,
  keyOf,
  number,
  packJson,
  readBinary,
  readNumber,
  readPackedJson,
  readText,
  text,
} from './items.ts';
import { asideKey, type Key, lateKey, parkedKey, trailKey, wearerPk } from './keys.ts';
import { between, queryAll } from './query.ts';
import { archiveDue, ofDay, utcDay } from './trail-day.ts';

const derivedSchema = z.object({ snapshot: coreSchema, ended: z.array(markSchema) });

/**
 * Whether a slice is the first that ends on its day. The one before ended a millisecond before it
 * began.
 */
export const isFirstOfDay = ({ startedAt, inputs }: Pick<ClosedSlice, 'startedAt' | 'inputs'>) =>
  utcDay(startedAt - 1) !== utcDay(inputs.at(-1)?.recordedAt ?? startedAt);

/**
 * A closed slice, under the instant that it began. Put again only when late events belong to it.
 */
export const slicePut = (table: string, wearer: WearerRef, slice: ClosedSlice): TrailPut => {
  const { startedAt, supervisionKey, snapshot, ended, inputs } = slice;
  const [firstAt, lastAt] = [inputs[0]?.recordedAt, inputs.at(-1)?.recordedAt];
  return {
    TableName: table,
    Item: {
      ...keyItem(trailKey(wearer, startedAt)),
      startedAt: number(startedAt),
      supervision: text(supervisionKey),
      derived: packJson({ snapshot, ended }),
      inputs: binary(packEvents(inputs)),
      ...ofDay(firstAt ?? startedAt),
      ...(isFirstOfDay(slice) ? archiveDue(wearer, lastAt ?? startedAt) : {}),
    },
  };
};

/** A slice as an item of the trail holds it. Throws MalformedItem. */
export const sliceFrom = (item: Item): ClosedSlice => ({
  startedAt: instantSchema.parse(readNumber(item, 'startedAt')),
  supervisionKey: readText(item, 'supervision'),
  ...readPackedJson(item, 'derived', derivedSchema),
  inputs: unpackEvents(readBinary(item, 'inputs')),
});

/** The put of one item of the trail, by itself or within a transaction. */
export type TrailPut = Readonly<{ TableName: string; Item: Item }>;

type KeyOf = (wearer: WearerRef, recordedAt: Instant, name: string) => Key;

type EventsPut = (table: string, wearer: WearerRef, events: readonly DeviceEvent[]) => TrailPut;

/**
 * Puts events under a name made of what they are and when they came: a message that comes again
 * is no news, and an upload that comes again does not change when the first came.
 */
const eventsPut =
  (keyOf: KeyOf, isArchived: boolean): EventsPut =>
  (table, wearer, events) => {
    const inOrder = [...events].sort(compareInputs);
    const name = digest(
      inOrder.map((event) => `${identityOf(event)} ${event.receivedAt}`).join('\n'),
    );
    const firstAt = inOrder[0]?.recordedAt ?? instant(0);
    const Item = {
      ...keyItem(keyOf(wearer, firstAt, name)),
      inputs: binary(packEvents(inOrder)),
      ...ofDay(firstAt),
      ...(isArchived ? archiveDue(wearer, firstAt) : {}),
    };
    return { TableName: table, Item };
  };

/** Events older than the current slice that could not be folded into their own. */
export const latePut = eventsPut(lateKey, true);

/** Events of a device that was not on the wearer: acknowledged, so kept; never evaluated. */
export const asidePut = eventsPut(asideKey, true);

/** Events of a parked wearer: they wait to be folded, so the archive leaves them where they are. */
export const parkedPut = eventsPut(parkedKey, false);

/** At most so many items of one read: a wearer-day at a fix a minute is 36 slices. */
const MOST_ITEMS = 1_000;
/** A batch of deletes takes 25: what is left over is taken by whoever folds there again. */
const MOST_LATE = 25;

type Stretch = Readonly<{ at: Instant; before: Instant }>;
export type LateEvents = Readonly<{ events: readonly DeviceEvent[]; keys: readonly Key[] }>;

export const trail = (client: DynamoDBClient, table: string) => {
  /**
   * What the trail holds of a wearer between two instants, both included; late events, and those
   * that wait to be folded, among the others.
   */
  const load = async (
    wearer: WearerRef,
    fromAt: Instant,
    toAt: Instant,
  ): Promise<DeviceEvent[]> => {
    const [from, to] = [toIso(fromAt), toIso(toAt)];
    // The slice that began before what is asked for may reach into it.
    const before = between(table, wearerPk(wearer), { from: 'SLICE#', to: `SLICE#${from}` });
    const [reaching, slices, ...apart] = await Promise.all([
      queryAll(client, { ...before, ScanIndexForward: false, Limit: 1 }, 1),
      queryAll(
        client,
        between(table, wearerPk(wearer), { from: `SLICE#${from}~`, to: `SLICE#${to}~` }),
        MOST_ITEMS,
      ),
      // These are bounded by nothing but the archive: where there are many, the nearest count.
      ...['LATE#', 'PARKED#'].map((kind) => {
        const upTo = between(table, wearerPk(wearer), { from: kind, to: `${kind}${to}~` });
        return queryAll(client, { ...upTo, ScanIndexForward: false }, MOST_ITEMS);
      }),
    ]);
    return eachOnce(
      [...reaching, ...slices, ...apart.flat()]
        .flatMap((item) => unpackEvents(readBinary(item, 'inputs')))
        .filter((event) => event.recordedAt >= fromAt && event.recordedAt <= toAt),
    );
  };

  /**
   * The closed slices from the one that holds an instant on, oldest first. `before` is where the
   * current slice begins: one that stands there already was put ahead of a state that never came.
   */
  const slicesFrom = async (wearer: WearerRef, { at, before }: Stretch): Promise<ClosedSlice[]> => {
    if (before === 0) return [];
    const last = instant(before - 1);
    const [from, to] = [toIso(earlierOf(at, last)), toIso(last)];
    const reach = between(table, wearerPk(wearer), { from: 'SLICE#', to: `SLICE#${from}` });
    const after = between(table, wearerPk(wearer), { from: `SLICE#${from}~`, to: `SLICE#${to}~` });
    const [reaching, later] = await Promise.all([
      queryAll(client, { ...reach, ScanIndexForward: false, Limit: 1 }, 1),
      queryAll(client, after),
    ]);
    return [...reaching, ...later].map(sliceFrom);
  };

  /** Late events that were kept for themselves, recorded between two instants, and their rows. */
  const lateFrom = async (wearer: WearerRef, { at, before }: Stretch): Promise<LateEvents> => {
    if (at > before) return { events: [], keys: [] };
    const range = { from: `LATE#${toIso(at)}`, to: `LATE#${toIso(before)}` };
    const items = await queryAll(client, between(table, wearerPk(wearer), range), MOST_LATE);
    return {
      events: items.flatMap((item) => unpackEvents(readBinary(item, 'inputs'))),
      keys: items.map(keyOf),
    };
  };

  return { load, slicesFrom, lateFrom };
};
export type Trail = ReturnType<typeof trail>;
