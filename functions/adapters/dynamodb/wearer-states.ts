import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { coreSchema } from '#domain/evaluate/core.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import { positionSchema } from '#domain/geo/position.ts';
import { conditionIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { instantSchema } from '#domain/model/instant.ts';
import { packEvents, unpackEvents } from '#domain/trail/pack-events.ts';
import { batchGet } from './batch-get.ts';
import { isConflict } from './errors.ts';
import {
  binary,
  type Item,
  MalformedItem,
  number,
  readBinary,
  readNumber,
  readText,
  text,
} from './items.ts';
import { dueShard, statePk } from './keys.ts';

const anchorsSchema = z.partialRecord(
  conditionIdSchema,
  positionSchema.extend({ clearanceMetres: z.number() }),
);

/** A wearer's state with the epoch under which it stands. Epoch 0: there is none yet. */
export type StoredState = Readonly<{ epoch: number; writeId: string; state: WearerState | null }>;

export const NO_STATE: StoredState = { epoch: 0, writeId: '', state: null };

const foldedSchema = z.object({ snapshot: coreSchema, core: coreSchema, anchors: anchorsSchema });

/**
 * Snapshot and core say nearly the same: deflated together they take a third, and the item stays
 * within one write unit of 1 KB.
 */
const packFolded = (state: WearerState): Uint8Array => {
  const { core, anchors, slice } = state;
  return deflateRawSync(JSON.stringify({ snapshot: slice.snapshot, core, anchors }));
};

const unpackFolded = (packed: Uint8Array): z.infer<typeof foldedSchema> =>
  foldedSchema.parse(JSON.parse(inflateRawSync(packed).toString('utf8')));

const fromItem = (item: Item): StoredState => {
  const { snapshot, core, anchors } = unpackFolded(readBinary(item, 'folded'));
  return {
    epoch: readNumber(item, 'epoch'),
    writeId: readText(item, 'writeId'),
    state: {
      supervisionKey: readText(item, 'supervision'),
      slice: {
        startedAt: instantSchema.parse(readNumber(item, 'startedAt')),
        snapshot,
        inputs: unpackEvents(readBinary(item, 'inputs')),
      },
      core,
      settledUntil: instantSchema.parse(readNumber(item, 'settledUntil')),
      anchors,
      nextDueAt:
        item.nextDueAt === undefined ? null : instantSchema.parse(readNumber(item, 'nextDueAt')),
    },
  };
};

/** A state, or why it cannot be read: one wearer's broken item is nobody else's trouble. */
export type LoadedState = StoredState | MalformedItem;

const loaded = (item: Item): LoadedState => {
  try {
    return fromItem(item);
  } catch (cause) {
    // Park: whoever asked for this wearer meets the error, and nobody else.
    return cause instanceof MalformedItem ? cause : new MalformedItem(readText(item, 'pk'), cause);
  }
};

/** The state, or its error thrown. */
export const readable = (state: LoadedState): StoredState => {
  if (state instanceof MalformedItem) throw state;
  return state;
};

export type StateSave = Readonly<{
  wearer: WearerRef;
  /** The epoch that was read. */
  epoch: number;
  state: WearerState;
  /** What else changes with it: violations, trail, record. */
  beside: readonly TransactWriteItem[];
  /** Names what was folded: the same save, tried again, has the same. */
  cause: string;
}>;

const toItem = ({ wearer, epoch, state }: StateSave, writeId: string): Item => ({
  pk: text(statePk(wearer)),
  epoch: number(epoch + 1),
  writeId: text(writeId),
  supervision: text(state.supervisionKey),
  startedAt: number(state.slice.startedAt),
  inputs: binary(packEvents(state.slice.inputs)),
  folded: binary(packFolded(state)),
  settledUntil: number(state.settledUntil),
  ...(state.nextDueAt === null
    ? {}
    : { nextDueAt: number(state.nextDueAt), dueShard: text(dueShard(statePk(wearer))) }),
});

const writeIdOf = ({ wearer, epoch, cause }: StateSave): string =>
  createHash('sha256')
    .update(`${statePk(wearer)} ${epoch} ${cause}`)
    .digest('base64url')
    .slice(0, 36);

export const wearerStates = (client: DynamoDBClient, table: string) => {
  /** The states of some wearers, strongly consistent, by the key of the state table. */
  const load = async (wearers: readonly WearerRef[]): Promise<Map<string, LoadedState>> => {
    const keys = wearers.map((wearer) => ({ pk: text(statePk(wearer)) }));
    const items = await batchGet(client, table, keys);
    return new Map(items.map((item) => [readText(item, 'pk'), loaded(item)]));
  };

  /** The state of one wearer; `NO_STATE` where there is none. */
  const loadOne = async (wearer: WearerRef): Promise<StoredState> =>
    readable((await load([wearer])).get(statePk(wearer)) ?? NO_STATE);

  const write = async (save: StateSave, writeId: string): Promise<void> => {
    const Item = toItem(save, writeId);
    const guard =
      save.epoch === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'epoch = :epoch',
            ExpressionAttributeValues: { ':epoch': number(save.epoch) },
          };
    const put = { TableName: table, Item, ...guard };
    if (save.beside.length === 0) {
      await client.send(new PutItemCommand(put));
      return;
    }
    const TransactItems = [{ Put: put }, ...save.beside];
    await client.send(
      new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: writeId }),
    );
  };

  /** Saves on the epoch that was read. `conflict`: somebody else wrote; read and fold again. */
  const save = async (wanted: StateSave): Promise<'saved' | 'conflict'> => {
    const writeId = writeIdOf(wanted);
    try {
      await write(wanted, writeId);
      return 'saved';
    } catch (error) {
      // Retry: unless the item shows that this very write had succeeded and its answer was lost.
      if (!isConflict(error)) throw error;
      const isOurs = (await loadOne(wanted.wearer)).writeId === writeId;
      return isOurs ? 'saved' : 'conflict';
    }
  };

  return { load, loadOne, save };
};
export type LoadState = WearerStates['loadOne'];
export type WearerStates = ReturnType<typeof wearerStates>;
