import * as z from 'zod';
import { arnOf } from '../../cloud/place.ts';
import { keyNeeds, type Need, type NeedsRow, type NeedsTable, type Surroundings } from './need.ts';

const oneTableSchema = z.looseObject({ TableName: z.string(), IndexName: z.string().optional() });
const batchSchema = z.looseObject({ RequestItems: z.record(z.string(), z.unknown()) });
const attributesSchema = z.record(z.string(), z.looseObject({}));
const itemSchema = z.looseObject({
  TableName: z.string(),
  Item: attributesSchema.optional(),
  Key: attributesSchema.optional(),
});
const transactionSchema = z.looseObject({
  TransactItems: z.array(z.record(z.string(), itemSchema)),
});

const nameOf = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

const tableArn = (nameOrArn: string, { place }: Surroundings): string =>
  arnOf(place, 'dynamodb', `table/${nameOf(nameOrArn)}`);

/**
 * To open an encrypted table, DynamoDB decrypts the table's key in the name of whoever calls; it
 * makes and maintains that key by grants of its own. The caller needs kms:Decrypt, also to write:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/
 * encryption.usagenotes.html#dynamodb-kms-authz
 */
export const tableKeyNeeds = (arn: string, surroundings: Surroundings): Need[] =>
  keyNeeds(
    {
      of: arn,
      through: 'dynamodb',
      actions: ['kms:Decrypt'],
      encryptionContext: {
        'aws:dynamodb:tableName': nameOf(arn),
        'aws:dynamodb:subscriberId': surroundings.place.account,
      },
    },
    surroundings,
  );

/** The partition that a call writes to, where conditions may ask for it. */
const leadingKey = (
  { TableName, Item, Key }: z.infer<typeof itemSchema>,
  surroundings: Surroundings,
): Readonly<Record<string, string>> => {
  const name = surroundings.partitionKeyOf(tableArn(TableName, surroundings)) ?? '';
  const [value] = Object.values((Item ?? Key)?.[name] ?? {});
  return typeof value === 'string' ? { 'dynamodb:LeadingKeys': value } : {};
};

const onItem =
  (action: string): NeedsRow =>
  ({ input }, surroundings) => {
    const item = itemSchema.parse(input);
    const resource = tableArn(item.TableName, surroundings);
    const context = leadingKey(item, surroundings);
    const isKnown = Object.keys(context).length > 0;
    return [
      { action: `dynamodb:${action}`, resource, ...(isKnown && { context }) },
      ...tableKeyNeeds(resource, surroundings),
    ];
  };

const onTable =
  (action: string): NeedsRow =>
  ({ input }, surroundings) => {
    const arn = tableArn(oneTableSchema.parse(input).TableName, surroundings);
    return [{ action: `dynamodb:${action}`, resource: arn }, ...tableKeyNeeds(arn, surroundings)];
  };

/** A query or scan of an index needs the right to the index, not to the table. */
const onTableOrIndex =
  (action: string): NeedsRow =>
  ({ input }, surroundings) => {
    const { TableName, IndexName } = oneTableSchema.parse(input);
    const arn = tableArn(TableName, surroundings);
    const resource = IndexName === undefined ? arn : `${arn}/index/${IndexName}`;
    return [{ action: `dynamodb:${action}`, resource }, ...tableKeyNeeds(arn, surroundings)];
  };

const onEachTable =
  (action: string): NeedsRow =>
  ({ input }, surroundings) =>
    Object.keys(batchSchema.parse(input).RequestItems).flatMap((name) => {
      const arn = tableArn(name, surroundings);
      return [{ action: `dynamodb:${action}`, resource: arn }, ...tableKeyNeeds(arn, surroundings)];
    });

/** The right that each part of a transaction needs. */
const PART_ACTIONS: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/**
 * Each part by itself: of its keys one stands beside the other, as a call of its own would name it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 */
const transaction: NeedsRow = ({ operation, input }, surroundings) => {
  const { TransactItems } = transactionSchema.parse(input);
  const needs = TransactItems.flatMap((parts) => Object.entries(parts)).map(
    ([part, item]): Need => {
      const action = PART_ACTIONS[part];
      if (action === undefined) throw new Error(`${operation} has a part "${part}".`);
      return {
        action: `dynamodb:${action}`,
        resource: tableArn(item.TableName, surroundings),
        context: { 'dynamodb:EnclosingOperation': operation, ...leadingKey(item, surroundings) },
      };
    },
  );
  const tables = new Set(needs.map(({ resource }) => resource));
  return [...needs, ...[...tables].flatMap((arn) => tableKeyNeeds(arn, surroundings))];
};

/**
 * What calls of DynamoDB need.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export const DYNAMODB_NEEDS: NeedsTable = {
  BatchGetItem: onEachTable('BatchGetItem'),
  BatchWriteItem: onEachTable('BatchWriteItem'),
  DeleteItem: onItem('DeleteItem'),
  DescribeTable: onTable('DescribeTable'),
  GetItem: onItem('GetItem'),
  PutItem: onItem('PutItem'),
  Query: onTableOrIndex('Query'),
  Scan: onTableOrIndex('Scan'),
  TransactGetItems: transaction,
  TransactWriteItems: transaction,
  UpdateItem: onItem('UpdateItem'),
};
