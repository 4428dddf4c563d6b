import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  BatchWriteItemCommand,
  type BatchWriteItemCommandInput,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DeleteItemCommandInput,
  DynamoDBServiceException,
  GetItemCommand,
  type GetItemCommandInput,
  IdempotentParameterMismatchException,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ResourceNotFoundException,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { deleteOf, partOf, putOf, questionOf, updateOf } from './requests.ts';
import {
  type Change,
  commitTo,
  getFrom,
  idOf,
  prepare,
  putBack,
  queryFrom,
  type SimulatedTable,
  simulatedTable,
  type Write,
} from './table.ts';
import type { TableShape } from './tables.ts';
import { Invalid } from './tokens.ts';
import type { Item } from './values.ts';

/** What one request changed: all of it at once. */
export type Commit = Readonly<{ at: number; changes: readonly Change[] }>;

export type DatabaseProps = Readonly<{
  tables: readonly TableShape[];
  now: () => number;
  /** How far behind an index or an eventually consistent read is, this time; milliseconds. */
  lagMilliseconds: () => number;
  /** How many items a page of a query holds at most, this time. */
  mostItems: () => number;
  onCommit: (commit: Commit) => void;
}>;

const METADATA = { $metadata: {} };
const FAILED = { ...METADATA, message: 'The conditional request failed' };
const MOST_IN_TRANSACTION = 100;
/** A transaction under a token that was seen is the same one for so long. */
const TOKEN_MILLISECONDS = 600_000;

const refusalOf = (error: Invalid): DynamoDBServiceException =>
  new DynamoDBServiceException({
    ...{ ...METADATA, name: 'ValidationException', $fault: 'client', message: error.message },
  });

/** An answer that the caller asked for beside what its write does. */
const returned = (wanted: string | undefined, { before, after }: Change): object => {
  if (wanted === undefined || wanted === 'NONE') return {};
  if (wanted !== 'ALL_NEW' && wanted !== 'ALL_OLD') throw new Invalid(`no simulated ${wanted}`);
  const Attributes = wanted === 'ALL_NEW' ? after : before;
  return Attributes === undefined ? {} : { Attributes };
};

type Token = Readonly<{ at: number; request: string }>;

type Database = Readonly<{
  props: DatabaseProps;
  tables: ReadonlyMap<string, SimulatedTable>;
  tokens: Map<string, Token>;
}>;

const tableOf = ({ tables }: Database, name = ''): SimulatedTable => {
  const found = tables.get(name);
  if (found === undefined) throw new ResourceNotFoundException({ ...METADATA, message: name });
  return found;
};

const commit = (db: Database, changes: readonly Change[]): void => {
  const real = changes.filter((change) => commitTo(tableOf(db, change.table), change));
  if (real.length > 0) db.props.onCommit({ at: db.props.now(), changes: real });
};

const writeOne = (db: Database, table: string | undefined, write: Write): Change => {
  const change = prepare(tableOf(db, table), write);
  if (change === null) throw new ConditionalCheckFailedException(FAILED);
  commit(db, [change]);
  return change;
};

const isRepeat = (
  { tokens, props: { now } }: Database,
  { ClientRequestToken: token, ...rest }: TransactWriteItemsCommandInput,
): boolean => {
  const known = token === undefined ? undefined : tokens.get(token);
  if (known === undefined || known.at < now() - TOKEN_MILLISECONDS) return false;
  if (known.request === JSON.stringify(rest)) return true;
  throw new IdempotentParameterMismatchException({ ...METADATA, message: 'another request' });
};

const transact = (db: Database, input: TransactWriteItemsCommandInput): object => {
  const { ClientRequestToken: token, ...rest } = input;
  if (isRepeat(db, input)) return {};
  const parts = (input.TransactItems ?? []).map(partOf);
  if (parts.length === 0) throw new Invalid('a transaction of nothing');
  if (parts.length > MOST_IN_TRANSACTION) throw new Invalid('too many in a transaction');
  const ids = parts.map(({ table, write }) => `${table} ${idOf(tableOf(db, table), write)}`);
  if (new Set(ids).size < ids.length) throw new Invalid('an item twice in a transaction');
  const changes = parts.map(({ table, write }) => prepare(tableOf(db, table), write));
  const held = changes.filter((change) => change !== null);
  if (held.length < changes.length) {
    const CancellationReasons = changes.map((change) => ({
      Code: change === null ? 'ConditionalCheckFailed' : 'None',
    }));
    throw new TransactionCanceledException({ ...FAILED, CancellationReasons });
  }
  if (token !== undefined) {
    db.tokens.set(token, { at: db.props.now(), request: JSON.stringify(rest) });
  }
  commit(db, held);
  return {};
};

const seenUntil = ({ props: { now, lagMilliseconds } }: Database, isConsistent = false): number =>
  isConsistent ? now() : now() - lagMilliseconds();

const getOne = (db: Database, { TableName, Key, ConsistentRead }: GetItemCommandInput): object => {
  const found = getFrom(tableOf(db, TableName), Key ?? {}, seenUntil(db, ConsistentRead));
  return found === undefined ? {} : { Item: found };
};

const getMany = (db: Database, { RequestItems = {} }: BatchGetItemCommandInput): object => {
  const Responses: Record<string, Item[]> = {};
  for (const [name, { Keys = [], ConsistentRead }] of Object.entries(RequestItems)) {
    if (Keys.length > 100) throw new Invalid('too many keys at once');
    const until = seenUntil(db, ConsistentRead);
    const found = Keys.map((key) => getFrom(tableOf(db, name), key, until));
    Responses[name] = found.filter((item) => item !== undefined);
  }
  return { Responses, UnprocessedKeys: {} };
};

const writeMany = (db: Database, { RequestItems = {} }: BatchWriteItemCommandInput): object => {
  for (const [name, requests] of Object.entries(RequestItems)) {
    if (requests.length > 25) throw new Invalid('too many writes at once');
    for (const { PutRequest, DeleteRequest } of requests) {
      if (PutRequest !== undefined) writeOne(db, name, putOf(PutRequest));
      if (DeleteRequest !== undefined) writeOne(db, name, deleteOf(DeleteRequest));
    }
  }
  return { UnprocessedItems: {} };
};

/** Of each item the attributes that are asked for, all of them where none are named. */
const projected = (items: readonly Item[], input: QueryCommandInput): readonly Item[] => {
  const { ProjectionExpression: wanted, ExpressionAttributeNames: names = {} } = input;
  if (wanted === undefined) return items;
  const fields = wanted.split(',').map((field) => names[field.trim()] ?? field.trim());
  return items.map((item) =>
    Object.fromEntries(fields.flatMap((field) => (item[field] ? [[field, item[field]]] : []))),
  );
};

const query = (db: Database, input: QueryCommandInput): object => {
  const { now, lagMilliseconds, mostItems } = db.props;
  const seen = { now: now(), lagMilliseconds: lagMilliseconds(), mostItems: mostItems() };
  const { items, looked, last } = queryFrom(tableOf(db, input.TableName), questionOf(input, seen));
  const more = last === undefined ? {} : { LastEvaluatedKey: last };
  return { Items: projected(items, input), Count: items.length, ScannedCount: looked, ...more };
};

const put = (db: Database, input: PutItemCommandInput): object =>
  returned(input.ReturnValues, writeOne(db, input.TableName, putOf(input)));
const update = (db: Database, input: UpdateItemCommandInput): object =>
  returned(input.ReturnValues, writeOne(db, input.TableName, updateOf(input)));
const remove = (db: Database, input: DeleteItemCommandInput): object =>
  returned(input.ReturnValues, writeOne(db, input.TableName, deleteOf(input)));

const answered = (db: Database, command: object): object => {
  if (command instanceof GetItemCommand) return getOne(db, command.input);
  if (command instanceof QueryCommand) return query(db, command.input);
  if (command instanceof TransactWriteItemsCommand) return transact(db, command.input);
  if (command instanceof BatchGetItemCommand) return getMany(db, command.input);
  if (command instanceof BatchWriteItemCommand) return writeMany(db, command.input);
  if (command instanceof PutItemCommand) return put(db, command.input);
  if (command instanceof UpdateItemCommand) return update(db, command.input);
  if (command instanceof DeleteItemCommand) return remove(db, command.input);
  throw new Error(`DynamoDB is not simulated for ${command.constructor.name}`);
};

/**
 * DynamoDB in memory, as far as the functions use it. The contracts hold it to the real one.
 */
export const simulatedDynamoDb = (props: DatabaseProps) => {
  const shapes = props.tables.map(
    (shape) => [shape.name, simulatedTable(shape, props.now)] as const,
  );
  const db: Database = { props, tables: new Map(shapes), tokens: new Map() };
  return {
    /** Does what a command of the SDK asks, at once, or throws the SDK's error. */
    answer: (command: object): object => {
      try {
        return answered(db, command);
      } catch (error) {
        // Record: as DynamoDB answers a request that it cannot read.
        if (error instanceof Invalid) throw refusalOf(error);
        throw error;
      }
    },
    itemsOf: (name: string): Iterable<Item> => tableOf(db, name).items.values(),
    /** An item as it stands, by the parts of its key. */
    itemOf: (name: string, ...parts: readonly string[]): Item | undefined =>
      tableOf(db, name).items.get(parts.join('\n')),
    /** All that it holds; calling what is returned puts it back to that. */
    remember: (): (() => void) => {
      const kept = [...db.tables.values()].map((table) => ({ table, items: [...table.items] }));
      const tokens = [...db.tokens];
      return () => {
        for (const { table, items } of kept) putBack(table, items);
        db.tokens.clear();
        for (const [token, known] of tokens) db.tokens.set(token, known);
      };
    },
  };
};
export type SimulatedDynamoDb = ReturnType<typeof simulatedDynamoDb>;
