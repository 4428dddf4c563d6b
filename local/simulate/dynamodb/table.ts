import { conditionOf } from './condition.ts';
import type { KeyNames, TableShape } from './tables.ts';
import { Invalid } from './tokens.ts';
import { changesOf } from './update.ts';
import { compare, type Given, type Item, isSameItem } from './values.ts';

/** What is to be done to one item, of whichever request it is a part. */
export type Write = Readonly<
  { only?: string | undefined; given: Given } & (
    | { kind: 'put'; item: Item }
    | { kind: 'update'; key: Item; expression: string }
    | { kind: 'delete'; key: Item }
    | { kind: 'check'; key: Item }
  )
>;

/** An item before and after a write; undefined where there was or is none. */
export type Change = Readonly<{
  table: string;
  key: Item;
  before: Item | undefined;
  after: Item | undefined;
}>;

export type Question = Readonly<{
  index: string | undefined;
  key: string;
  filter: string | undefined;
  given: Given;
  isBackward: boolean;
  /** So many items are looked at, at most. */
  most: number;
  after: Item | undefined;
  /** What was written later is not seen yet. */
  seenUntil: number;
}>;

export type Answer = Readonly<{ items: readonly Item[]; looked: number; last: Item | undefined }>;

/** An index and an eventually consistent read lag behind by less than so long. */
export const MOST_LAG_MILLISECONDS = 3_000;

const keyText = (item: Item, { hash, range }: KeyNames): string =>
  range === null ? (item[hash]?.S ?? '') : `${item[hash]?.S}\n${item[range]?.S}`;

const part = (item: Item, names: readonly (string | null)[]): Item =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = name === null ? undefined : item[name];
      return name === null || value === undefined ? [] : [[name, value]];
    }),
  );

const isText = (item: Item, name: string | null): boolean =>
  name === null || (item[name]?.S ?? '') !== '';

/** One table in memory: what stands in it, and for some seconds what stood there before. */
export type SimulatedTable = Readonly<{
  shape: TableShape;
  now: () => number;
  items: Map<string, Item>;
  recent: { at: number; id: string; before: Item | undefined }[];
}>;

export const simulatedTable = (shape: TableShape, now: () => number): SimulatedTable => ({
  ...{ shape, now, items: new Map(), recent: [] },
});

const mustBeKeyed = ({ key, indexes, numbers }: TableShape, item: Item): void => {
  if (!isText(item, key.hash) || !isText(item, key.range)) throw new Invalid('no or empty key');
  for (const { hash, range } of Object.values(indexes)) {
    for (const name of [hash, range]) {
      const value = name === null ? undefined : item[name];
      if (name === null || value === undefined) continue;
      const isRight = numbers.includes(name) ? value.N !== undefined : (value.S ?? '') !== '';
      if (!isRight) throw new Invalid('an index has no such key');
    }
  }
};

const mustBeKey = (shape: TableShape, wanted: Item): void => {
  mustBeKeyed(shape, wanted);
  const parts = shape.key.range === null ? 1 : 2;
  if (Object.keys(wanted).length !== parts) throw new Invalid('more than a key');
};

export const idOf = ({ shape }: SimulatedTable, write: Write): string =>
  keyText(write.kind === 'put' ? write.item : write.key, shape.key);

const updated = (
  { key }: TableShape,
  write: Extract<Write, { kind: 'update' }>,
  before: Item | undefined,
): Item => {
  const after: Item = { ...(before ?? write.key) };
  for (const [name, value] of changesOf(write.expression, before ?? {}, write.given)) {
    if (name === key.hash || name === key.range) throw new Invalid('a key cannot be updated');
    if (value === undefined) delete after[name];
    else after[name] = value;
  }
  return after;
};

/** What a write would change; null where its condition does not hold. Throws Invalid. */
export const prepare = (table: SimulatedTable, write: Write): Change | null => {
  const { shape, items } = table;
  const { name, key } = shape;
  if (write.kind === 'put') mustBeKeyed(shape, write.item);
  else mustBeKey(shape, write.key);
  const before = items.get(idOf(table, write));
  if (write.only !== undefined && !conditionOf(write.only)(before, write.given)) return null;
  switch (write.kind) {
    case 'put':
      return {
        table: name,
        key: part(write.item, [key.hash, key.range]),
        before,
        after: write.item,
      };
    case 'update': {
      const after = updated(shape, write, before);
      mustBeKeyed(shape, after);
      return { table: name, key: write.key, before, after };
    }
    case 'delete':
      return { table: name, key: write.key, before, after: undefined };
    case 'check':
      return { table: name, key: write.key, before, after: before };
    default:
      return write satisfies never;
  }
};

/** Lets a change take place; false where it changes nothing. */
export const commitTo = (table: SimulatedTable, { key, before, after }: Change): boolean => {
  const { shape, items, recent, now } = table;
  const same = before !== undefined && after !== undefined && isSameItem(before, after);
  if (same || before === after) return false;
  const id = keyText(key, shape.key);
  if (after === undefined) items.delete(id);
  else items.set(id, after);
  while (recent[0] !== undefined && recent[0].at < now() - MOST_LAG_MILLISECONDS) recent.shift();
  recent.push({ at: now(), id, before });
  return true;
};

/** Puts a table back to the items that stood there once, as if nothing had been written since. */
export const putBack = (
  { items, recent }: SimulatedTable,
  kept: readonly (readonly [string, Item])[],
): void => {
  items.clear();
  recent.splice(0);
  for (const [id, item] of kept) items.set(id, item);
};

/** The items as they stood at an instant of the last seconds. */
const itemsAt = ({ items, recent }: SimulatedTable, at: number): ReadonlyMap<string, Item> => {
  if ((recent.at(-1)?.at ?? 0) <= at) return items;
  const then = new Map(items);
  for (let i = recent.length - 1; i >= 0 && (recent[i]?.at ?? 0) > at; i -= 1) {
    const { id = '', before } = recent[i] ?? {};
    if (before === undefined) then.delete(id);
    else then.set(id, before);
  }
  return then;
};

/** An item as it stood at an instant of the last seconds. Throws Invalid. */
export const getFrom = (table: SimulatedTable, wanted: Item, seenUntil: number) => {
  mustBeKey(table.shape, wanted);
  return itemsAt(table, seenUntil).get(keyText(wanted, table.shape.key));
};

type Order = (a: Item, b: Item) => number;

const orderBy =
  (range: string, keyed: (item: Item) => string, isBackward: boolean): Order =>
  (a, b) => {
    const [x, y] = [a[range], b[range]];
    const first = x === undefined || y === undefined ? 0 : (compare(x, y) ?? 0);
    if (first !== 0) return isBackward ? -first : first;
    return keyed(a) < keyed(b) ? -1 : keyed(a) > keyed(b) ? 1 : 0;
  };

/** One page of a query. Throws Invalid. */
export const queryFrom = (table: SimulatedTable, question: Question): Answer => {
  const { key, indexes } = table.shape;
  const { index, given, filter, after, most } = question;
  const by = index === undefined ? { ...key, keysOnly: false } : indexes[index];
  if (by === undefined) throw new Invalid(`the table has no index ${index}`);
  const isWanted = conditionOf(question.key);
  const isIn = (item: Item) =>
    item[by.hash] !== undefined && (by.range === null || item[by.range] !== undefined);
  const found: Item[] = [];
  for (const item of itemsAt(table, question.seenUntil).values()) {
    if (isIn(item) && isWanted(item, given)) found.push(item);
  }
  const order = orderBy(by.range ?? '', (item) => keyText(item, key), question.isBackward);
  found.sort(order);
  const rest = after === undefined ? found : found.filter((item) => order(after, item) < 0);
  const page = rest.slice(0, most);
  const names = [...new Set([key.hash, key.range, by.hash, by.range])];
  const isKept = filter === undefined ? () => true : conditionOf(filter);
  const kept = page.filter((item) => isKept(item, given));
  const lastSeen = page.length === most ? page.at(-1) : undefined;
  return {
    items: by.keysOnly ? kept.map((item) => part(item, names)) : kept,
    looked: page.length,
    last: lastSeen === undefined ? undefined : part(lastSeen, names),
  };
};
