import { type Guard, STORE } from './guard.ts';

const aheadOfThis = "The same transaction holds the alert's epoch, and fails first.";

/** Of one transaction each of the two would do alone: no version is written over. */
const HISTORY = {
  text: "Item: history, ConditionExpression: 'attribute_not_exists(pk)' }",
  without: 'Item: history }',
};

/** Guards of what is written: each condition of a write to a table. */
export const WRITES: readonly Guard[] = [
  {
    name: 'alert-is-new',
    file: `${STORE}/alerts.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
    unseen: {
      why: 'The same transaction holds the version of what goes on of the wearer, and fails first.',
      test: 'test/functions/adapters/dynamodb/written-once.test.ts',
    },
  },
  {
    name: 'alert-epoch',
    file: `${STORE}/alerts.ts`,
    text: `{
        ConditionExpression: 'epoch = :epoch',
        ExpressionAttributeValues: { ':epoch': number(before.epoch) },
      }`,
    without: '{}',
  },
  {
    name: 'page-is-new',
    file: `${STORE}/alerts.ts`,
    text: `Item: pageItem(agencyId, page),
      ConditionExpression: 'attribute_not_exists(pk)',`,
    without: 'Item: pageItem(agencyId, page),',
    unseen: { why: aheadOfThis, test: 'test/functions/adapters/dynamodb/written-once.test.ts' },
  },
  {
    name: 'record-only-grows',
    file: `${STORE}/put-once.ts`,
    text: `    ConditionExpression: 'attribute_not_exists(pk)',
`,
    without: '',
    unseen: { why: aheadOfThis, test: 'test/functions/adapters/dynamodb/written-once.test.ts' },
  },
  {
    name: 'row-ends-once',
    file: `${STORE}/outbox.ts`,
    text: `          ConditionExpression: '#status = :pending',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':status': text(outcome.status),
            ':outcome': json(outcome),
            ':pending': text('pending'),
          },`,
    without: `          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':status': text(outcome.status),
            ':outcome': json(outcome),
          },`,
  },
  {
    name: 'row-is-claimed',
    file: `${STORE}/outbox.ts`,
    text: `          ConditionExpression: [
            '#status = :pending AND attribute_not_exists(claimedBy)',
            '#status = :pending AND claimedBy = :by',
            '#status = :pending AND claimedUntilAt < :now',
          ].join(' OR '),
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':by': text(by),
            ':until': number(untilAt),
            ':now': number(at),
            ':pending': text('pending'),
          },`,
    without: `          ExpressionAttributeValues: {
            ':by': text(by),
            ':until': number(untilAt),
          },`,
  },
  {
    name: 'woken-while-overdue',
    file: 'functions/adapters/dynamodb/wake-alert.ts',
    text: "ConditionExpression: 'nextDueAt < :now',",
    without: "ConditionExpression: 'attribute_exists(pk)',",
    unseen: {
      why: 'An alert that is woken too soon finds that nothing is due: an early tick does nothing.',
      test: 'test/functions/adapters/dynamodb/wake-alert.test.ts',
    },
  },
  {
    name: 'row-is-touched-while-it-waits',
    file: `${STORE}/outbox.ts`,
    text: `      ConditionExpression: [
        'attribute_exists(nextDueAt) AND attribute_not_exists(claimedBy)',
        'attribute_exists(nextDueAt) AND claimedUntilAt < :now',
      ].join(' OR '),
      ExpressionAttributeValues: {
        ':next': number(nextDueAt),
        ':one': number(1),
        ':now': number(at),
      },`,
    without: `      ExpressionAttributeValues: {
        ':next': number(nextDueAt),
        ':one': number(1),
      },`,
    unseen: {
      why: 'Seldom does a row end between the look of a sweep and its touch: no 300 worlds saw it.',
      test: 'test/contracts/alerts.test.ts',
    },
  },
  {
    name: 'episodes-version',
    file: `${STORE}/episodes.ts`,
    text: `    ConditionExpression: 'attribute_not_exists(pk) OR #version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': number(version) },
`,
    without: '',
  },
  {
    name: 'document-is-new',
    file: `${STORE}/documents.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
    beside: HISTORY,
  },
  {
    name: 'document-version',
    file: `${STORE}/documents.ts`,
    text: `{
          ConditionExpression: '#version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':read': number(readVersion) },
        }`,
    without: '{}',
    beside: HISTORY,
  },
  {
    name: 'notice-is-new',
    file: `${STORE}/notice.ts`,
    text: `      ConditionExpression: 'attribute_not_exists(pk)',
`,
    without: '',
    unseen: {
      why: "The same transaction holds the document's version, and fails first.",
      test: 'test/functions/adapters/dynamodb/written-once.test.ts',
    },
  },
  {
    name: 'nudge-is-new',
    file: `${STORE}/nudges.ts`,
    text: `          ConditionExpression: 'attribute_not_exists(pk)',
`,
    without: '',
    unseen: {
      why: 'No world has a condition that nudges its wearer; its entry of the record holds it, too.',
      test: 'test/functions/adapters/dynamodb/nudges.test.ts',
    },
  },
  {
    name: 'violation-is-known',
    file: `${STORE}/violations.ts`,
    text: `      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: {
        ':life'`,
    without: `      ExpressionAttributeValues: {
        ':life'`,
    unseen: {
      why: 'No violation is ever deleted; the condition keeps a wrong id from making a row.',
      test: 'test/functions/adapters/dynamodb/written-once.test.ts',
    },
  },
  {
    name: 'violation-seen-is-known',
    file: `${STORE}/violations.ts`,
    text: `UpdateExpression: 'REMOVE nextDueAt, dueShard',
    ConditionExpression: 'attribute_exists(pk)',`,
    without: "UpdateExpression: 'REMOVE nextDueAt, dueShard',",
    unseen: {
      why: 'No violation is ever deleted; the condition keeps a wrong id from making a row.',
      test: 'test/functions/adapters/dynamodb/written-once.test.ts',
    },
  },
  {
    name: 'seen-as-it-stands',
    file: `${STORE}/violations.ts`,
    text: `      ConditionExpression: 'begins_with(life, :life)',
      ExpressionAttributeValues: { ':life': text(\`{"revision":\${revision},\`) },
`,
    without: '',
    unseen: {
      why: 'Seldom does a stream give up the very record that follows: see the test.',
      test: 'test/functions/adapters/dynamodb/violations.test.ts',
    },
  },
  {
    name: 'state-is-new',
    file: `${STORE}/wearer-states.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
  },
  {
    name: 'state-epoch',
    file: `${STORE}/wearer-states.ts`,
    text: `{
            ConditionExpression: 'epoch = :epoch',
            ExpressionAttributeValues: { ':epoch': number(save.epoch) },
          }`,
    without: '{}',
  },
];
