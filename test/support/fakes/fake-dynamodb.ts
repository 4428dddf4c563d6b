import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  BatchWriteItemCommand,
  type BatchWriteItemCommandInput,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DeleteItemCommandInput,
  type DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { Item } from '#functions/adapters/dynamodb/items.ts';
import { type FakeTable, fakeTable, type Write } from './fake-table.ts';

type OnChange = (table: string, after: Item, before: Item | undefined) => void;

const failure = { $metadata: {}, message: 'the condition does not hold' };

/**
 * DynamoDB in memory behind one client, or behind every client of this process. The contracts hold
 * it to the real one.
 */
export const fakeDynamoDb = (
  behind: DynamoDBClient | typeof DynamoDBClient,
  onChange: OnChange = () => undefined,
) => {
  const mock = mockClient(behind);
  const tables = new Map<string, FakeTable>();
  const at = (name = ''): FakeTable => {
    const made = tables.get(name) ?? fakeTable((after, before) => onChange(name, after, before));
    tables.set(name, made);
    return made;
  };
  const writeOne = (write: Write): object => {
    if (!at(write.TableName).check(write)) throw new ConditionalCheckFailedException(failure);
    at(write.TableName).write(write);
    return {};
  };
  const updateOne = (update: UpdateItemCommandInput): object => {
    writeOne({ ...update, UpdateExpression: update.UpdateExpression ?? '' });
    const returned = at(update.TableName).get(update.Key ?? {});
    return update.ReturnValues === 'ALL_NEW' ? { Attributes: returned } : {};
  };
  const writeAll = ({ TransactItems = [] }: TransactWriteItemsCommandInput): object => {
    const writes = TransactItems.flatMap(({ Put, Update }) => Put ?? Update ?? []);
    const checks = TransactItems.map(({ Put, Update, ConditionCheck }) =>
      ConditionCheck === undefined
        ? (Put ?? Update)
        : { ...ConditionCheck, UpdateExpression: undefined },
    );
    const reasons = checks.map((one) =>
      one === undefined || at(one.TableName).check(one) ? 'None' : 'ConditionalCheckFailed',
    );
    if (reasons.includes('ConditionalCheckFailed')) {
      const CancellationReasons = reasons.map((Code) => ({ Code }));
      throw new TransactionCanceledException({ ...failure, CancellationReasons });
    }
    for (const write of writes) at(write.TableName).write(write);
    return {};
  };
  const get = ({ TableName, Key }: GetItemCommandInput): object => {
    const Item = at(TableName).get(Key ?? {});
    return Item === undefined ? {} : { Item };
  };
  const getMany = ({ RequestItems = {} }: BatchGetItemCommandInput): object => {
    const found = Object.entries(RequestItems).map(([name, { Keys = [] }]) => {
      const items = Keys.map((key) => at(name).get(key));
      return [name, items.filter((item) => item !== undefined)] as const;
    });
    return { Responses: Object.fromEntries(found) };
  };
  const remove = (input: DeleteItemCommandInput): object => {
    const table = at(input.TableName);
    const { Key = {}, ConditionExpression, ExpressionAttributeValues } = input;
    const write = { TableName: input.TableName, Key, UpdateExpression: undefined };
    if (!table.check({ ...write, ConditionExpression, ExpressionAttributeValues })) {
      throw new ConditionalCheckFailedException(failure);
    }
    table.remove(Key);
    return {};
  };
  const writeMany = ({ RequestItems = {} }: BatchWriteItemCommandInput): object => {
    for (const [name, requests] of Object.entries(RequestItems)) {
      for (const { PutRequest, DeleteRequest } of requests) {
        if (PutRequest !== undefined) at(name).write({ TableName: name, Item: PutRequest.Item });
        if (DeleteRequest !== undefined) at(name).remove(DeleteRequest.Key ?? {});
      }
    }
    return {};
  };
  mock.on(BatchWriteItemCommand).callsFake(writeMany);
  mock.on(DeleteItemCommand).callsFake(remove);
  mock.on(PutItemCommand).callsFake(writeOne);
  mock.on(UpdateItemCommand).callsFake(updateOne);
  mock.on(TransactWriteItemsCommand).callsFake(writeAll);
  mock.on(GetItemCommand).callsFake(get);
  mock.on(BatchGetItemCommand).callsFake(getMany);
  mock.on(QueryCommand).callsFake((input: QueryCommandInput) => at(input.TableName).query(input));
  /** All tables as they stand; calling what it returns puts them back to that. */
  const remember = (): (() => void) => {
    const kept = [...tables].map(([name, { items }]) => [name, [...items]] as const);
    return () => {
      for (const { items } of tables.values()) items.clear();
      for (const [name, items] of kept)
        for (const [key, item] of items) at(name).items.set(key, item);
    };
  };
  return {
    remember,
    itemsOf: (name: string): Item[] => [...at(name).items.values()],
    restore: () => mock.restore(),
  };
};
