import { createHash } from 'node:crypto';
import {
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Leashes } from '#domain/evaluate/pair/leash.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Measure } from '../log/log.ts';
import { batchGet } from './batch-get.ts';
import { conditionHeld } from './errors.ts';
import { type Item, MalformedItem, number, readNumber, readText, text } from './items.ts';
import { dueShard, PARKED_SHARD, statePk } from './keys.ts';
import type { TrailPut } from './trail.ts';
import { leashesFrom, stateAttributes, stateFrom } from './wearer-state-item.ts';

/** A wearer's state with the epoch under which it stands. Epoch 0: there is none yet. */
export type StoredState = Readonly<{
  epoch: number;
  writeId: string;
  state: WearerState | null;
  /** Since when the wearer is parked: their events are kept, and not evaluated. */
  parkedAt: Instant | null;
  /** From where the trail is being folded again, in parts: some may be written; null: it is not. */
  refoldFrom: Instant | null;
  /** Why the item cannot be read: one wearer's broken item is nobody else's trouble. */
  unreadable: MalformedItem | null;
}>;

export const NO_STATE: StoredState = {
  epoch: 0,
  writeId: '',
  state: null,
  parkedAt: null,
  refoldFrom: null,
  unreadable: null,
};

const malformed = (item: Item, cause: unknown): MalformedItem =>
  cause instanceof MalformedItem ? cause : new MalformedItem(readText(item, 'pk'), cause);

const readState = (item: Item): Pick<StoredState, 'state' | 'unreadable'> => {
  // Somebody was parked before anything was ever known of them.
  const isNew = item.parkedAt !== undefined && item.folded === undefined;
  try {
    return { state: isNew ? null : stateFrom(item), unreadable: null };
  } catch (cause) {
    // Park: whoever asks for this wearer meets the error, and nobody else.
    return { state: null, unreadable: malformed(item, cause) };
  }
};

const storedFrom = (item: Item): StoredState => {
  try {
    return {
      epoch: readNumber(item, 'epoch'),
      writeId: readText(item, 'writeId'),
      parkedAt: item.parkedAt === undefined ? null : instant(readNumber(item, 'parkedAt')),
      refoldFrom: item.refoldFrom === undefined ? null : instant(readNumber(item, 'refoldFrom')),
      ...readState(item),
    };
  } catch (cause) {
    // Retry: without its epoch an item cannot even be parked; the others of the batch go on.
    return { ...NO_STATE, unreadable: malformed(item, cause) };
  }
};

/** The stored state, or the error of one that cannot be read thrown. */
export const readable = (stored: StoredState): StoredState => {
  if (stored.unreadable !== null) throw stored.unreadable;
  return stored;
};

export type StateSave = Readonly<{
  wearer: WearerRef;
  /** The epoch that was read. */
  epoch: number;
  state: WearerState;
  /** Since when the wearer goes on being parked; null: no longer, or never was. */
  parkedAt: Instant | null;
  /** From where the trail goes on being folded again; null or absent: it is done. */
  refoldFrom?: Instant | null;
  /** What else changes with it: violations, trail, record. */
  beside: readonly TransactWriteItem[];
  /**
   * The slice that was current at the epoch read and is closed now, where nothing else changes.
   */
  ahead: TrailPut | null;
  /** Names what was folded: the same save, tried again, has the same. */
  cause: string;
}>;

/** One who is parked has nothing due; in a shard of their own they can be told and counted. */
const dueOf = ({ wearer, state, parkedAt }: StateSave): Item => {
  const dueAt = parkedAt ?? state.nextDueAt;
  if (dueAt === null) return {};
  const due = number(dueAt);
  if (parkedAt !== null) return { parkedAt: due, nextDueAt: due, dueShard: text(PARKED_SHARD) };
  return { nextDueAt: due, dueShard: text(dueShard(statePk(wearer))) };
};

const toItem = (save: StateSave, writeId: string): Item => {
  const { wearer, epoch, state, refoldFrom = null } = save;
  return {
    pk: text(statePk(wearer)),
    epoch: number(epoch + 1),
    writeId: text(writeId),
    ...stateAttributes(state),
    ...(refoldFrom === null ? {} : { refoldFrom: number(refoldFrom) }),
    ...dueOf(save),
  };
};

const writeIdOf = ({ wearer, epoch, cause }: StateSave): string =>
  createHash('sha256')
    .update(`${statePk(wearer)} ${epoch} ${cause}`)
    .digest('base64url')
    .slice(0, 24);

/** Several times the usual kilobyte: worth knowing long before DynamoDB refuses it at 400 KB. */
const LARGE_BYTES = 4096;

export const wearerStates = (
  client: DynamoDBClient,
  table: string,
  measure: Measure = () => undefined,
) => {
  /** The states of some wearers, strongly consistent, by the key of the state table. */
  const load = async (wearers: readonly WearerRef[]): Promise<Map<string, StoredState>> => {
    const keys = wearers.map((wearer) => ({ pk: text(statePk(wearer)) }));
    const items = await batchGet(client, table, keys);
    return new Map(items.map((item) => [readText(item, 'pk'), storedFrom(item)]));
  };

  /** The state of one wearer, whether it can be read or not; `NO_STATE` where there is none. */
  const find = async (wearer: WearerRef): Promise<StoredState> =>
    (await load([wearer])).get(statePk(wearer)) ?? NO_STATE;

  /** The state of one wearer. Throws MalformedItem where it cannot be read. */
  const loadOne = async (wearer: WearerRef): Promise<StoredState> => readable(await find(wearer));

  /**
   * Puts a closed slice before the state that no longer holds it: two single writes cost half of a
   * transaction. Nothing reads it while the state still holds its inputs. False where one stands
   * there already, left by somebody who did not get to the state: then both are written as one.
   */
  const putAhead = async (put: TrailPut): Promise<boolean> => {
    const ConditionExpression = 'attribute_not_exists(pk)';
    // Retry: within the transaction that decides whose slice it is.
    return conditionHeld(client.send(new PutItemCommand({ ...put, ConditionExpression })));
  };

  const write = async (save: StateSave, writeId: string): Promise<object> => {
    const Item = toItem(save, writeId);
    // Keys and numbers beside the packed parts are a few hundred bytes.
    const bytes = (Item.inputs?.B?.length ?? 0) + (Item.folded?.B?.length ?? 0);
    if (bytes > LARGE_BYTES) measure('largeStateBytes', bytes);
    const guard =
      save.epoch === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'epoch = :epoch',
            ExpressionAttributeValues: { ':epoch': number(save.epoch) },
          };
    const put = { TableName: table, Item, ...guard };
    const { ahead } = save;
    const isAhead = ahead !== null && save.beside.length === 0 && (await putAhead(ahead));
    const slice = ahead === null || isAhead ? [] : [{ Put: ahead }];
    const beside = [...save.beside, ...slice];
    if (beside.length === 0) {
      return client.send(new PutItemCommand(put));
    }
    const TransactItems = [{ Put: put }, ...beside];
    return client.send(new TransactWriteItemsCommand({ TransactItems }));
  };

  /** Saves on the epoch that was read. `conflict`: somebody else wrote; read and fold again. */
  const save = async (wanted: StateSave): Promise<'saved' | 'conflict'> => {
    const writeId = writeIdOf(wanted);
    if (await conditionHeld(write(wanted, writeId))) return 'saved';
    // Retry: unless the item shows that this very write had succeeded and its answer was lost.
    const isOurs = (await find(wanted.wearer)).writeId === writeId;
    return isOurs ? 'saved' : 'conflict';
  };

  /** How far the wearers of some pairs may go untold, in their order, strongly consistent. */
  const loadLeashes = async (pairs: readonly WearerRef[]): Promise<Leashes[]> => {
    const items = await batchGet(
      client,
      table,
      pairs.map((pair) => ({ pk: text(statePk(pair)) })),
    );
    const byKey = new Map(items.map((item) => [readText(item, 'pk'), leashesFrom(item)]));
    return pairs.map((pair) => byKey.get(statePk(pair)) ?? {});
  };

  return { load, find, loadOne, loadLeashes, save };
};
export type LoadState = WearerStates['loadOne'];
export type WearerStates = ReturnType<typeof wearerStates>;
export type LoadLeashes = WearerStates['loadLeashes'];
