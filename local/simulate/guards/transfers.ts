import { type Guard, STORE } from './guard.ts';

const unlived = {
  why: 'Two have to change one transfer at the same moment: seldom do worlds see it.',
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
    unseen: {
      why: 'What is said twice says nothing new the second time.',
      test: 'test/functions/api/feed-messages.test.ts',
    },
  },
];
