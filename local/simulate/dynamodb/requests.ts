import type {
  AttributeValue,
  DeleteItemCommandInput,
  PutItemCommandInput,
  QueryCommandInput,
  TransactWriteItem,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Question, Write } from './table.ts';
import { Invalid } from './tokens.ts';
import type { Given } from './values.ts';

type Expressions = Readonly<{
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
}>;

const NOTHING = Object.freeze({});

const mustBeUsed = (tokens: readonly string[], text: string): void => {
  const unused = tokens.find((token) => !new RegExp(`${token}\\b`).test(text));
  if (unused !== undefined) throw new Invalid(`${unused} is used in no expression`);
};

/** Requests of one place in the code are alike: what was checked once is not checked again. */
const checked = new Set<string>();

/** Names and values of a request, each of which must be used. Throws Invalid. */
const givenOf = (of: Expressions, ...expressions: readonly (string | undefined)[]): Given => {
  const names = of.ExpressionAttributeNames ?? NOTHING;
  const values = of.ExpressionAttributeValues ?? NOTHING;
  const tokens = [...Object.keys(names), ...Object.keys(values)];
  const text = expressions.join(' ');
  const id = `${tokens.join()} ${text}`;
  if (!checked.has(id)) {
    if (tokens.length > 0) mustBeUsed(tokens, text);
    checked.add(id);
  }
  return { names, values };
};

type PutLike = Pick<PutItemCommandInput, 'Item' | 'ConditionExpression'> & Expressions;
type UpdateLike = Pick<UpdateItemCommandInput, 'Key' | 'UpdateExpression' | 'ConditionExpression'> &
  Expressions;
type DeleteLike = Pick<DeleteItemCommandInput, 'Key' | 'ConditionExpression'> & Expressions;

export const putOf = (put: PutLike): Write => ({
  kind: 'put',
  item: put.Item ?? {},
  only: put.ConditionExpression,
  given: givenOf(put, put.ConditionExpression),
});

export const updateOf = (update: UpdateLike): Write => ({
  kind: 'update',
  key: update.Key ?? {},
  expression: update.UpdateExpression ?? '',
  only: update.ConditionExpression,
  given: givenOf(update, update.UpdateExpression, update.ConditionExpression),
});

export const deleteOf = (one: DeleteLike): Write => ({
  kind: 'delete',
  key: one.Key ?? {},
  only: one.ConditionExpression,
  given: givenOf(one, one.ConditionExpression),
});

/** One part of a transaction, and the table that it is about. Throws Invalid. */
export const partOf = (one: TransactWriteItem): Readonly<{ table: string; write: Write }> => {
  const { Put, Update, Delete, ConditionCheck } = one;
  if (Put !== undefined) return { table: Put.TableName ?? '', write: putOf(Put) };
  if (Update !== undefined) return { table: Update.TableName ?? '', write: updateOf(Update) };
  if (Delete !== undefined) return { table: Delete.TableName ?? '', write: deleteOf(Delete) };
  if (ConditionCheck === undefined) throw new Invalid('a transaction of nothing');
  const { TableName = '', Key = {}, ConditionExpression: only } = ConditionCheck;
  if (only === undefined) throw new Invalid('a check without a condition');
  const given = givenOf(ConditionCheck, only);
  return { table: TableName, write: { kind: 'check', key: Key, only, given } };
};

/** What a query asks. `lagMilliseconds`: how far behind an eventually consistent read may see. */
export const questionOf = (
  input: QueryCommandInput,
  { now, lagMilliseconds, mostItems }: Record<'now' | 'lagMilliseconds' | 'mostItems', number>,
): Question => {
  const { IndexName: index, KeyConditionExpression: key = '', FilterExpression: filter } = input;
  if (index !== undefined && input.ConsistentRead === true) {
    throw new Invalid('an index cannot be read consistently');
  }
  return {
    index,
    key,
    filter,
    given: givenOf(input, key, filter, input.ProjectionExpression),
    isBackward: input.ScanIndexForward === false,
    most: Math.min(input.Limit ?? mostItems, mostItems),
    after: input.ExclusiveStartKey,
    seenUntil: input.ConsistentRead === true ? now : now - lagMilliseconds,
  };
};
