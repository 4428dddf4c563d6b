import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { WearerRef } from '#domain/model/ids.ts';
import { tellingDecisionSchema } from '#domain/model/in-feed.ts';
import { type Instant, instantSchema, toIso } from '#domain/model/instant.ts';
import { type Item, readJson, readText, text } from './items.ts';
import { wearerPk } from './keys.ts';
import { queryAll } from './query.ts';

/** What stands on record of something that was told outside the agency. */
const disclosedSchema = z.object({
  at: instantSchema,
  alertId: z.string(),
  eventId: z.string(),
  event: z.string(),
  recipient: z.object({ liaisonId: z.string(), kind: z.string(), name: z.string() }),
  fields: z.array(z.string()),
  legalBasis: z.string(),
  purpose: z.string(),
  status: z.string(),
  format: z.string(),
  by: z.string(),
  /** Why it is told of the alert; null of what was told before that was kept. */
  decision: tellingDecisionSchema.nullable().default(null),
});
export type Disclosed = z.infer<typeof disclosedSchema>;

const isDisclosure = (item: Item): boolean => readText(item, 'type') === 'disclosed';

/** Loads what was told of a wearer to anybody outside the agency within a time, in its order. */
export const disclosures =
  (client: DynamoDBClient, TableName: string) =>
  async (
    wearer: WearerRef,
    { fromAt, toAt }: Readonly<{ fromAt: Instant; toAt: Instant }>,
  ): Promise<Disclosed[]> => {
    const items = await queryAll(client, {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ...{
          ':pk': text(wearerPk(wearer)),
          ':from': text(toIso(fromAt)),
          ':to': text(toIso(toAt)),
        },
      },
    });
    return items.filter(isDisclosure).map((item) => readJson(item, 'body', disclosedSchema));
  };
export type LoadDisclosures = ReturnType<typeof disclosures>;
