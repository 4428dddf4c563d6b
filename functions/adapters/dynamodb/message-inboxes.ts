import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type MessageInbox, messageInboxSchema } from '#domain/casework/message-inbox.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { messageInboxKey } from './casework-keys.ts';
import { documents, versionOf } from './documents.ts';
import { json, keyItem, number, readJson, text } from './items.ts';

/** What is unread of a wearer, on the version that was read; version 0: nothing ever came. */
export type KeptInbox = Readonly<{ version: number; inbox: MessageInbox | null }>;

/** What is read and unread of the messages of wearers. */
export const messageInboxes = (client: DynamoDBClient, TableName: string) => {
  const load = async (wearer: WearerRef): Promise<KeptInbox> => {
    const item = await documents(client, TableName).loadItem(messageInboxKey(wearer));
    return item === null
      ? { version: 0, inbox: null }
      : { version: versionOf(item), inbox: readJson(item, 'body', messageInboxSchema) };
  };

  /** It as it becomes, to be saved with what it tells of; nobody else may have changed it. */
  const put = (
    wearer: WearerRef,
    { version }: KeptInbox,
    inbox: MessageInbox,
  ): TransactWriteItem => {
    const guard =
      version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :read',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':read': number(version) },
          };
    const Item = {
      ...keyItem(messageInboxKey(wearer)),
      ...{ entity: text('MESSAGE_INBOX'), version: number(version + 1), body: json(inbox) },
    };
    return { Put: { TableName, Item, ...guard } };
  };

  return { load, put };
};
export type MessageInboxes = ReturnType<typeof messageInboxes>;
