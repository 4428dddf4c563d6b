import { type Guard, STORE } from './guard.ts';

const atOneMoment = {
  why: 'Seldom does somebody else write between the two reads: one of 400 worlds saw it.',
  test: 'test/functions/api/decisions.test.ts',
};

/** Guards of what people at the agency decide, and have to do. */
export const CASEWORK: readonly Guard[] = [
  {
    name: 'withdrawn-as-it-was-read',
    file: 'functions/api/decisions/withdraw-decision.ts',
    text: "entity: 'DECISION', known }",
    without: "entity: 'DECISION' }",
    unseen: atOneMoment,
  },
  {
    name: 'task-epoch',
    file: `${STORE}/tasks.ts`,
    text: `    ConditionExpression: 'epoch = :epoch',
    ExpressionAttributeValues: { ':epoch': number(task.epoch - 1) },
`,
    without: '',
    unseen: {
      why: 'A task has to end while the sweep raises it.',
      test: 'test/functions/adapters/dynamodb/tasks.test.ts',
    },
  },
  {
    name: 'messages-one-after-another',
    file: `${STORE}/message-inboxes.ts`,
    text: `{
            ConditionExpression: '#version = :read',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':read': number(version) },
          }`,
    without: '{}',
    beside: { text: "{ ConditionExpression: 'attribute_not_exists(pk)' }", without: '{}' },
    unseen: {
      why: 'Nobody on monitoring texts in a made world.',
      test: 'test/functions/adapters/dynamodb/casework-guards.test.ts',
    },
  },
  {
    name: 'level-end-as-it-was-put',
    file: `${STORE}/supervision-levels.ts`,
    text: `          ConditionExpression: '#version = :version AND attribute_exists(nextDueAt)',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': number(version) },
`,
    without: '',
    unseen: {
      why: 'A stretch has to be prolonged while the sweep ends it.',
      test: 'test/functions/adapters/dynamodb/casework-guards.test.ts',
    },
  },
];
