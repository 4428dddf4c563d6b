import { type Guard, STORE } from './guard.ts';

/** Nobody in the worlds has to accept anything: none of their liaisons has terms. */
const unlived = {
  why: 'No liaison of the worlds has to accept an incident, so none of this is written there.',
  test: 'test/functions/adapters/dynamodb/transfers.test.ts',
};

/** Guards of transfers: each condition of a write of them. */
export const TRANSFERS: readonly Guard[] = [
  {
    name: 'transfer-is-new',
    file: `${STORE}/transfers.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
    unseen: unlived,
  },
  {
    name: 'transfer-epoch',
    file: `${STORE}/transfers.ts`,
    text: `{
        ConditionExpression: 'epoch = :epoch',
        ExpressionAttributeValues: { ':epoch': number(before.epoch) },
      }`,
    without: '{}',
    unseen: unlived,
  },
  {
    name: 'event-again-is-new',
    file: `${STORE}/transfers.ts`,
    text: ", ConditionExpression: 'attribute_not_exists(pk)' } }];",
    without: ' } }];',
    unseen: unlived,
  },
  {
    name: 'message-is-taken-once',
    file: `${STORE}/taken-messages.ts`,
    text: "      ConditionExpression: 'attribute_not_exists(pk)',\n",
    without: '',
    unseen: { ...unlived, test: 'test/functions/api/feed-messages.test.ts' },
  },
];
