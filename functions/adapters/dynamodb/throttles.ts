import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import { instantSchema } from '#domain/model/instant.ts';
import { documents } from './documents.ts';
import { conditionHeld } from './errors.ts';
import { throttleKey } from './hold-keys.ts';
import { json, keyItem, number, readJson, readNumber, text } from './items.ts';

const keySchema = z.object({ pk: z.string(), sk: z.string() });
const contactSchema = z.object({
  /** When text messages left for them, as far back as limits ask. */
  sentAt: z.array(instantSchema),
  /** Rows of the outbox that wait for them. */
  waiting: z.array(keySchema),
});

/** Whose text messages are counted. */
export type Texted = Readonly<{ agencyId: AgencyId; personId: PersonId }>;
/** What is known of it, and the version that was read; 0 where there was none. */
export type TextsTo = z.infer<typeof contactSchema> & Readonly<{ version: number }>;

/** One item a contact: what they were texted lately, and what waits. */
export const throttles = (client: DynamoDBClient, TableName: string) => ({
  load: async ({ agencyId, personId }: Texted): Promise<TextsTo> => {
    const item = await documents(client, TableName).loadItem(throttleKey(agencyId, personId));
    if (item === null) return { version: 0, sentAt: [], waiting: [] };
    return { ...readJson(item, 'body', contactSchema), version: readNumber(item, 'version') };
  },

  /** Saves it on the version that was read. */
  save: async (
    { agencyId, personId }: Texted,
    { version, ...next }: TextsTo,
  ): Promise<'saved' | 'conflict'> => {
    const Item = {
      ...{ ...keyItem(throttleKey(agencyId, personId)), entity: text('THROTTLE') },
      ...{ version: number(version + 1), body: json(next) },
    };
    const isSaved = await conditionHeld(
      client.send(
        new PutItemCommand({
          ...{ TableName, Item },
          ConditionExpression: 'attribute_not_exists(pk) OR #version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':read': number(version) },
        }),
      ),
    );
    // Retry: the caller reads again and asks anew.
    return isSaved ? 'saved' : 'conflict';
  },
});
export type Throttles = ReturnType<typeof throttles>;
