import * as z from 'zod';
import type { ServiceCall } from '../cloud/gateway/call.ts';
import type { AnswerCall } from '../cloud/gateway/gateway.ts';
import type { Reply } from '../cloud/reply.ts';
import { writeUnits } from './billing-units.ts';
import { itemBytes } from './item-size.ts';
import type { Meter } from './meter.ts';

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);
const WRITES = new Set([
  ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'],
]);

const unitsSchema = z.looseObject({ CapacityUnits: z.number() });
const capacitySchema = z.looseObject({
  TableName: z.string(),
  CapacityUnits: z.number(),
  Table: unitsSchema.optional(),
  GlobalSecondaryIndexes: z.record(z.string(), unitsSchema).optional(),
  LocalSecondaryIndexes: z.record(z.string(), unitsSchema).optional(),
});
const replySchema = z.looseObject({
  ConsumedCapacity: z
    .union([capacitySchema.transform((one) => [one]), z.array(capacitySchema)])
    .default([]),
  Responses: z.record(z.string(), z.array(z.unknown())).optional().catch(undefined),
  UnprocessedKeys: z
    .record(z.string(), z.looseObject({ Keys: z.array(z.unknown()) }))
    .optional()
    .catch(undefined),
});

type Capacity = z.infer<typeof capacitySchema>;
type ReadReply = z.infer<typeof replySchema>;

const QUOTED_NAME = '"ReturnConsumedCapacity"';
const ASKED = Buffer.from(`{${QUOTED_NAME}:"INDEXES",`);

/** The same call, asking what it consumes; undefined when it asks already, or cannot. */
const asking = (call: ServiceCall): ServiceCall | undefined => {
  if (!READS.has(call.operation) && !WRITES.has(call.operation)) return undefined;
  if (call.body[0] !== ASKED[0] || call.body.includes(QUOTED_NAME)) return undefined;
  const body = Buffer.concat([ASKED, call.body.subarray(1)]);
  return { ...call, body, headers: { ...call.headers, 'content-length': String(body.length) } };
};

/** The answer as the caller would have had it without the question. */
const withoutCapacity = (reply: Reply, answered: ReadReply): Reply => {
  const { ConsumedCapacity: _, ...asked } = answered;
  const { 'x-amz-crc32': __, 'content-length': ___, ...headers } = reply.headers;
  return { ...reply, headers, body: Buffer.from(JSON.stringify(asked)) };
};

type Consumed = { on: string; units: number };

const consumedOf = (capacity: Capacity): Consumed[] => {
  const { TableName, CapacityUnits, Table } = capacity;
  const indexes = Object.entries({
    ...capacity.GlobalSecondaryIndexes,
    ...capacity.LocalSecondaryIndexes,
  }).map(([name, { CapacityUnits: units }]) => ({ on: `${TableName}/${name}`, units }));
  return [{ on: TableName, units: Table?.CapacityUnits ?? CapacityUnits }, ...indexes];
};

const querySchema = z.looseObject({
  TableName: z.string(),
  IndexName: z.string().optional(),
  ConsistentRead: z.boolean().default(false),
});
const batchGetSchema = z.looseObject({
  RequestItems: z.record(
    z.string(),
    z.looseObject({ Keys: z.array(z.unknown()), ConsistentRead: z.boolean().default(false) }),
  ),
});

/**
 * What AWS bills for reading nothing, and DynamoDB Local does not: the least that a read costs, for
 * an empty query and for each key of a batch that is not there.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
const readInVain = (call: ServiceCall, answered: ReadReply): Consumed[] => {
  if (call.operation === 'Query' || call.operation === 'Scan') {
    const total = answered.ConsumedCapacity.reduce((sum, one) => sum + one.CapacityUnits, 0);
    if (total > 0) return [];
    const query = querySchema.parse(JSON.parse(call.body.toString()));
    const on = query.IndexName === undefined ? '' : `/${query.IndexName}`;
    return [{ on: `${query.TableName}${on}`, units: query.ConsistentRead ? 1 : 0.5 }];
  }
  if (call.operation !== 'BatchGetItem') return [];
  const { RequestItems } = batchGetSchema.parse(JSON.parse(call.body.toString()));
  return Object.entries(RequestItems).map(([table, { Keys, ConsistentRead }]) => {
    const found = answered.Responses?.[table]?.length ?? 0;
    const unread = answered.UnprocessedKeys?.[table]?.Keys.length ?? 0;
    const missing = Keys.length - found - unread;
    return { on: table, units: missing * (ConsistentRead ? 1 : 0.5) };
  });
};

const writeSchema = z.looseObject({ TableName: z.string(), Item: z.unknown().optional() });
const transactionSchema = z.looseObject({
  TransactItems: z.array(z.record(z.string(), writeSchema)),
});

/**
 * A write whose condition failed is billed too, by the item that is there, at least one unit. The
 * gateway does not know that item: it reckons with the one that was to be written.
 */
const failedWrites = ({ operation, body }: ServiceCall): Consumed[] => {
  const given: unknown = JSON.parse(body.toString());
  const isTransaction = operation === 'TransactWriteItems';
  const writes = isTransaction
    ? transactionSchema.parse(given).TransactItems.flatMap((item) => Object.values(item))
    : [writeSchema.parse(given)];
  return writes.map(({ TableName, Item = {} }) => ({
    on: TableName,
    units: writeUnits(itemBytes(Item), isTransaction),
  }));
};

const batchWriteSchema = z.looseObject({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.looseObject({ PutRequest: z.looseObject({ Item: z.unknown().optional() }).optional() }),
    ),
  ),
});

/** The bytes of whole items that a call put; what an update adds is not known. */
const bytesPut = ({ operation, body }: ServiceCall): { table: string; bytes: number }[] => {
  if (operation === 'UpdateItem' || operation === 'DeleteItem') return [];
  const given: unknown = JSON.parse(body.toString());
  if (operation === 'BatchWriteItem') {
    return Object.entries(batchWriteSchema.parse(given).RequestItems).flatMap(([table, writes]) =>
      writes.map(({ PutRequest }) => ({ table, bytes: itemBytes(PutRequest?.Item ?? {}) })),
    );
  }
  const puts =
    operation === 'PutItem'
      ? [writeSchema.parse(given)]
      : transactionSchema.parse(given).TransactItems.flatMap(({ Put }) => Put ?? []);
  return puts.map(({ TableName, Item = {} }) => ({ table: TableName, bytes: itemBytes(Item) }));
};

const isFailedCondition = (reply: Reply): boolean =>
  reply.status === 400 &&
  /ConditionalCheckFailed|TransactionConflict|TransactionCanceled/.test(reply.body.toString());

export type MeterCallParts = {
  meter: Meter;
  /** Who pays for what the call does, and who holds the keys that it needs. */
  by: (call: ServiceCall) => string;
  holder: (call: ServiceCall) => string;
  thing: (name: string) => string;
};

/** DynamoDB's answers, counted in read and write units of tables and indexes. */
export const meterDynamoDb =
  (answer: AnswerCall, { meter, by, holder, thing }: MeterCallParts): AnswerCall =>
  async (call) => {
    const count = (consumed: readonly Consumed[]): void => {
      const row = READS.has(call.operation) ? 'dynamodb.read-unit' : 'dynamodb.write-unit';
      for (const { on, units } of consumed) {
        const [table = '', index] = on.split(/\/(?=[^/]*$)/);
        const place = { by: by(call), what: call.operation };
        // One key of a table is kept for each caller for five minutes.
        const key = { by: holder(call), what: 'table key', on: thing(table) };
        meter.standing('kms.request', key);
        if (units === 0) continue;
        const name = index === undefined ? thing(table) : `${thing(table)}/${index}`;
        meter.count(row, { ...place, on: name }, units);
      }
    };
    const asked = asking(call);
    const reply = await answer(asked ?? call);
    if (reply === undefined) return undefined;
    if (reply.status !== 200) {
      if (WRITES.has(call.operation) && isFailedCondition(reply)) count(failedWrites(call));
      return reply;
    }
    if (WRITES.has(call.operation)) {
      for (const { table, bytes } of bytesPut(call)) {
        const place = { by: by(call), what: call.operation, on: thing(table) };
        meter.count('dynamodb.stored', place, bytes);
      }
    }
    if (asked === undefined && !call.body.includes(QUOTED_NAME)) return reply;
    const answered = replySchema.parse(JSON.parse(reply.body.toString()));
    count([...answered.ConsumedCapacity.flatMap(consumedOf), ...readInVain(call, answered)]);
    return asked === undefined ? reply : withoutCapacity(reply, answered);
  };
