import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { secondsAfter } from '#domain/model/instant.ts';
import { json, keyItem, number, text } from './items.ts';
import { dueShard, type Key, noticeKey } from './keys.ts';
import type { Notice } from './outbox.ts';

/** A notice that has not been relayed after so long is swept. */
const UNRELAYED_AFTER_SECONDS = 60;

/** A change's notice to evaluation, saved with the change: neither can be without the other. */
export const noticePut = (
  table: string,
  key: Key,
  { version, notice }: Readonly<{ version: number; notice: Notice }>,
): TransactWriteItem => {
  const at = noticeKey(key, version);
  return {
    Put: {
      TableName: table,
      Item: {
        ...keyItem(at),
        entity: text('OUTBOX'),
        kind: text('notice'),
        status: text('pending'),
        agencyId: text(notice.agencyId),
        tries: number(0),
        body: json(notice),
        nextDueAt: number(secondsAfter(notice.changedAt, UNRELAYED_AFTER_SECONDS)),
        dueShard: text(dueShard(`${at.pk} ${at.sk}`)),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
};
