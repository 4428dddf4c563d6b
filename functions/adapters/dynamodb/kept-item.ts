import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod';
import { conditionHeld } from './errors.ts';
import { json, number, readJson, readNumber, text } from './items.ts';

/** Writers that meet look again; after so many times somebody is writing all the time. */
const MOST_TRIES = 5;

type Place = Readonly<{ table: string; pk: string }>;

/**
 * One item that several change, each on what the others have written. `change` gives what is kept
 * then; it is called again where somebody else was first. What is given back as it was is not
 * written.
 */
export const keptItem = <S extends z.ZodType>(
  client: DynamoDBClient,
  { table: TableName, pk }: Place,
  schema: S,
) => {
  type Kept = Readonly<{ epoch: number; value: z.output<S> | null }>;

  const load = async (): Promise<Kept> => {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName, Key: { pk: text(pk) }, ConsistentRead: true }),
    );
    return item === undefined
      ? { epoch: 0, value: null }
      : { epoch: readNumber(item, 'epoch'), value: readJson(item, 'body', schema) };
  };

  const save = async (value: z.output<S>, epoch: number): Promise<'saved' | 'conflict'> => {
    const Item = { pk: text(pk), epoch: number(epoch + 1), body: json(value) };
    const guard =
      epoch === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'epoch = :epoch',
            ExpressionAttributeValues: { ':epoch': number(epoch) },
          };
    const sent = client.send(new PutItemCommand({ TableName, Item, ...guard }));
    // Retry: on what the other has written.
    return (await conditionHeld(sent)) ? 'saved' : 'conflict';
  };

  const change = async (next: (value: z.output<S> | null) => z.output<S>): Promise<z.output<S>> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { epoch, value } = await load();
      const changed = next(value);
      if (changed === value) return changed;
      if ((await save(changed, epoch)) === 'saved') return changed;
    }
    throw new Error(`${pk} is written by others all the time`);
  };

  return { change };
};

/** Changes one kept value, given it or null, and gives what is kept then. */
export type ChangeKept<T> = (next: (value: T | null) => T) => Promise<T>;
