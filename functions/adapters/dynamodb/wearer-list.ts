import {
  type DynamoDBClient,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type AgencyId, type WearerRef, wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { conditionHeld } from './errors.ts';
import { type Item, keyItem, number, readText, text } from './items.ts';
import { pagesOf } from './query.ts';
import { listedWearerKey, wearersPk } from './retention-keys.ts';

/** Somebody on record, or a pair, and from when on it is to be looked whether something may go. */
export type ListedWearer = Readonly<{ wearer: WearerRef; lookAt: Instant }>;

/** Names a wearer, or a pair, among all of the agency; beside their document. */
export const listedWearerPut = (TableName: string, wearer: WearerRef): TransactWriteItem => ({
  Put: {
    TableName,
    Item: { ...keyItem(listedWearerKey(wearer)), entity: text('LISTED-WEARER') },
  },
});

const A_PAGE = 500;

/** Everybody whom an agency ever put on record, in the order of their ids. */
export const wearerList = (client: DynamoDBClient, TableName: string) => {
  const listedFrom = (agencyId: AgencyId, item: Item): ListedWearer => ({
    wearer: { agencyId, wearerId: wearerIdSchema.parse(readText(item, 'sk')) },
    lookAt: instant(Number(item.lookAt?.N ?? 0)),
  });

  return {
    /** Page by page, from behind an id on; from the first without one. */
    async *after(agencyId: AgencyId, id: string | null): AsyncGenerator<ListedWearer[]> {
      const query = {
        ...{ TableName, ConsistentRead: true, Limit: A_PAGE },
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ':pk': text(wearersPk(agencyId)), ':after': text(id ?? ' ') },
      };
      for await (const page of pagesOf(client, query)) {
        yield page.map((item) => listedFrom(agencyId, item));
      }
    },

    /** Nothing of a wearer goes before then. Somebody who is not listed any more stays so. */
    lookAgain: async (wearer: WearerRef, at: Instant): Promise<void> => {
      // Record: whoever is not on the list has been erased.
      await conditionHeld(
        client.send(
          new UpdateItemCommand({
            ...{ TableName, Key: keyItem(listedWearerKey(wearer)) },
            UpdateExpression: 'SET lookAt = :at',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':at': number(at) },
          }),
        ),
      );
    },
  };
};
export type WearerList = ReturnType<typeof wearerList>;
