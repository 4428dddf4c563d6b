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
];
