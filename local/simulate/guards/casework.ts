import { type Guard, STORE } from './guard.ts';

/** Guards of what people at the agency decide, and have to do. */
export const CASEWORK: readonly Guard[] = [
  {
    name: 'task-epoch',
    file: `${STORE}/tasks.ts`,
    text: `    ConditionExpression: 'epoch = :epoch',
    ExpressionAttributeValues: { ':epoch': number(task.epoch - 1) },
`,
    without: '',
    unseen: {
      why: 'No made world lasts as long as people have to act.',
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
      why: 'No made world lasts as long as a level of supervision.',
      test: 'test/functions/adapters/dynamodb/casework-guards.test.ts',
    },
  },
];
