import { type Guard, STORE } from './guard.ts';

const unseen = {
  why: 'Nobody asks for a report in a made world.',
  test: 'test/functions/adapters/dynamodb/report-guards.test.ts',
};

/** Guards of reports: each is asked for once, and stands when it is ready. */
export const REPORTS: readonly Guard[] = [
  {
    name: 'report-asked-once',
    file: `${STORE}/report-jobs.ts`,
    text: "        ConditionExpression: 'attribute_not_exists(pk)',\n",
    without: '',
    unseen,
  },
  {
    name: 'ready-report-stands',
    file: `${STORE}/report-jobs.ts`,
    text: `  ConditionExpression: '#status <> :ready',
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: { ':ready': text('ready') },
`,
    without: '',
    unseen,
  },
];
