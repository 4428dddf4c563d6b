import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Key, noticeKey } from './keys.ts';
import type { Notice } from './outbox.ts';
import { outboxItem } from './outbox-item.ts';

/** A change's notice to evaluation, saved with the change: neither can be without the other. */
export const noticePut = (
  table: string,
  key: Key,
  { version, notice }: Readonly<{ version: number; notice: Notice }>,
): TransactWriteItem => {
  const { agencyId, changedAt: from } = notice;
  return {
    Put: {
      TableName: table,
      Item: outboxItem(noticeKey(key, version), { kind: 'notice', agencyId, body: notice, from }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
};
