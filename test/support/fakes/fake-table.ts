import { isDeepStrictEqual } from 'node:util';
import type {
  AttributeValue,
  QueryCommandInput,
  TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '#functions/adapters/dynamodb/items.ts';

type Values = Readonly<Record<string, AttributeValue>> | undefined;
type Names = Readonly<Record<string, string>> | undefined;

/** One write of a transaction, of whichever kind. */
export type Write = NonNullable<TransactWriteItem['Put'] | TransactWriteItem['Update']>;

const plain = (value: AttributeValue | undefined): string | number | undefined =>
  value?.N === undefined ? value?.S : Number(value.N);

const nameOf = (token: string, names: Names): string => names?.[token] ?? token;

/** Thrown at an expression that no adapter uses: a fake that guesses proves nothing. */
const unknown = (expression: string): Error => new Error(`no fake for: ${expression}`);

const termHolds = (item: Item | undefined, term: string, write: Write): boolean => {
  const [, exists, field = ''] = /^attribute_(exists|not_exists)\((\w+)\)$/.exec(term) ?? [];
  if (exists !== undefined) return (item?.[field] !== undefined) === (exists === 'exists');
  const [, begun = '', beginning = ''] = /^begins_with\((\w+), (:\w+)\)$/.exec(term) ?? [];
  if (begun !== '') {
    const start = write.ExpressionAttributeValues?.[beginning]?.S ?? '';
    return item?.[begun]?.S?.startsWith(start) === true;
  }
  const [, token = '', operator = '', first = '', last = first] =
    /^(\S+) (=|<|>|BETWEEN) (:\w+)(?: AND (:\w+))?$/.exec(term) ?? [];
  if (token === '') throw unknown(term);
  const found = item?.[nameOf(token, write.ExpressionAttributeNames)];
  const expected = write.ExpressionAttributeValues?.[first];
  if (operator === '=') return isDeepStrictEqual(found, expected);
  const [is, least, most] = [found, expected, write.ExpressionAttributeValues?.[last]].map(
    (value) => Number(value?.N),
  );
  if (found === undefined) return false;
  if (is === undefined || least === undefined || most === undefined) throw unknown(term);
  if (operator === 'BETWEEN') return is >= least && is <= most;
  return operator === '<' ? is < least : is > least;
};

/** A BETWEEN has an AND of its own. */
const AND = /(?<!BETWEEN :\w+) AND /;

const holds = (item: Item | undefined, write: Write): boolean => {
  const all = write.ConditionExpression?.split(' OR ') ?? [];
  const isMet = (terms: string) => terms.split(AND).every((term) => termHolds(item, term, write));
  return all.length === 0 || all.some(isMet);
};

const updated = (item: Item, write: Write): Item => {
  const expression = 'UpdateExpression' in write ? (write.UpdateExpression ?? '') : '';
  const { ExpressionAttributeValues: values, ExpressionAttributeNames: names } = write;
  const next = { ...item };
  for (const [, verb = '', clause = ''] of expression.matchAll(
    /(SET|REMOVE|ADD) (.+?)(?= SET | REMOVE | ADD |$)/g,
  )) {
    for (const part of clause.split(', ')) {
      const [token = '', value = ''] = part.split(verb === 'SET' ? ' = ' : ' ');
      const field = nameOf(token, names);
      const given = values?.[value];
      if (verb === 'REMOVE') delete next[field];
      else if (given === undefined) throw unknown(expression);
      else if (verb === 'SET') next[field] = given;
      else next[field] = { N: String(Number(next[field]?.N ?? 0) + Number(given.N)) };
    }
  }
  return next;
};

const matches = (item: Item, term: string, values: Values): boolean => {
  const value = (token: string) => plain(values?.[token]) ?? '';
  const [, prefixed = '', prefix = ''] = /^begins_with\((\w+), (:\w+)\)$/.exec(term) ?? [];
  if (prefixed !== '') return String(plain(item[prefixed])).startsWith(String(value(prefix)));
  const [, field = '', operator, first = '', second = ''] =
    /^(\w+) (=|<=|BETWEEN) (:\w+)(?: and (:\w+))?$/.exec(term) ?? [];
  const found = plain(item[field]);
  if (operator === undefined) throw unknown(term);
  if (operator === 'BETWEEN' && value(first) > value(second)) {
    throw new Error('DynamoDB refuses a BETWEEN whose upper bound lies below its lower one');
  }
  if (found === undefined) return false;
  if (operator === '=') return found === value(first);
  const isUpTo = found <= value(operator === '<=' ? first : second);
  return operator === '<=' ? isUpTo : isUpTo && found >= value(first);
};

/** A table of DynamoDB in memory, as our adapters use it: pages by `Limit`, indexes current. */
export const fakeTable = (onChange: (item: Item, before: Item | undefined) => void) => {
  const items = new Map<string, Item>();
  const keyOf = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S ?? ''}`;
  const write = (one: Write): void => {
    const key = keyOf('Item' in one ? (one.Item ?? {}) : (one.Key ?? {}));
    const before = items.get(key);
    const after = 'Item' in one ? (one.Item ?? {}) : updated(before ?? { ...one.Key }, one);
    items.set(key, after);
    if (!isDeepStrictEqual(before, after)) onChange(after, before);
  };
  const query = (
    input: QueryCommandInput,
  ): Readonly<{ Items: Item[]; LastEvaluatedKey?: Item }> => {
    const { IndexName, KeyConditionExpression = '', ExpressionAttributeValues: values } = input;
    const sortBy = IndexName === 'due' ? 'nextDueAt' : IndexName === 'list' ? 'listAt' : 'sk';
    const terms = KeyConditionExpression.replace(/(BETWEEN :\w+) AND/, '$1 and').split(' AND ');
    const sorted = [...items.values()]
      .filter((item) => terms.every((term) => matches(item, term, values)))
      .sort((a, b) => ((plain(a[sortBy]) ?? '') < (plain(b[sortBy]) ?? '') ? -1 : 1));
    const found = input.ScanIndexForward === false ? sorted.reverse() : sorted;
    const from =
      input.ExclusiveStartKey === undefined ? 0 : placeAfter(found, input.ExclusiveStartKey);
    const Items = found.slice(from, from + (input.Limit ?? found.length));
    const last = Items.at(-1);
    return last === undefined || from + Items.length >= found.length
      ? { Items }
      : { Items, LastEvaluatedKey: last };
  };
  const placeAfter = (found: readonly Item[], key: Item): number =>
    found.findIndex((item) => keyOf(item) === keyOf(key)) + 1;
  const check = (one: Write): boolean =>
    holds(items.get(keyOf('Item' in one ? (one.Item ?? {}) : (one.Key ?? {}))), one);
  const remove = (key: Item): void => {
    items.delete(keyOf(key));
  };
  return { items, check, write, remove, query, get: (key: Item) => items.get(keyOf(key)) };
};
export type FakeTable = ReturnType<typeof fakeTable>;
