import { type Guard, STORE } from './guard.ts';

const unseen = {
  why: 'No made world lasts as long as anything is kept.',
  test: 'test/functions/adapters/dynamodb/erasing-guards.test.ts',
};

/** Guards of what is erased, and of what keeps it from being. */
export const ERASURE: readonly Guard[] = [
  {
    name: 'hold-since-it-was-read',
    file: `${STORE}/retention-guard.ts`,
    text: "...{ TableName, ConditionExpression: 'attribute_not_exists(pk) OR #version = :read' },",
    without: '...{ TableName },',
    unseen,
  },
  {
    name: 'erasing-begun-once',
    file: `${STORE}/erasing.ts`,
    text: "const ConditionExpression = 'attribute_not_exists(pk)';",
    without: "const ConditionExpression = 'attribute_exists(pk) OR attribute_not_exists(pk)';",
    unseen,
  },
  {
    name: 'erasing-ended-once',
    file: `${STORE}/erasing.ts`,
    text: "const ConditionExpression = 'attribute_exists(pk)';",
    without: "const ConditionExpression = 'attribute_exists(pk) OR attribute_not_exists(pk)';",
    unseen,
  },
  {
    name: 'erased-wearer-stays-so',
    file: `${STORE}/wearer-list.ts`,
    text: "            ConditionExpression: 'attribute_exists(pk)',\n",
    without: '',
    unseen,
  },
];
