import { type Guard, STORE } from './guard.ts';

const FILE = `${STORE}/put-off.ts`;
const test = 'test/contracts/throttles.test.ts';

/** Guards of pages that are put off, and of the count that puts them off. */
export const PUT_OFF: readonly Guard[] = [
  {
    name: 'texts-version',
    file: `${STORE}/throttles.ts`,
    text: `          ConditionExpression: 'attribute_not_exists(pk) OR #version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':read': number(version) },
`,
    without: '',
    unseen: { why: 'A count that is off by one delays or hurries what can wait.', test },
  },
  {
    name: 'put-off-by-its-claim',
    file: FILE,
    text: `          ConditionExpression: '#status = :pending AND claimedBy = :by',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':off': text(PUT_OFF),
            ':by': text(by),
            ':until': number(put.untilAt),
            ':waits': json({ reason: put.reason, at, untilAt: put.untilAt }),
            ':pending': text('pending'),
          },`,
    without: `          ExpressionAttributeValues: {
            ':off': text(PUT_OFF),
            ':until': number(put.untilAt),
            ':waits': json({ reason: put.reason, at, untilAt: put.untilAt }),
          },`,
    unseen: { why: 'Two have to put off the same page while a third sends it.', test },
  },
  {
    name: 'taken-along-once',
    file: FILE,
    text: `          ConditionExpression: [
            '#status = :pending AND attribute_not_exists(claimedBy)',
            '#status = :pending AND claimedBy = :off',
            '#status = :pending AND claimedBy = :by',
          ].join(' OR '),
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':by': text(by),
            ':off': text(PUT_OFF),
            ':until': number(secondsAfter(at, CLAIM_SECONDS)),
            ':pending': text('pending'),
          },`,
    without: `          ExpressionAttributeValues: {
            ':by': text(by),
            ':until': number(secondsAfter(at, CLAIM_SECONDS)),
          },`,
    unseen: { why: 'A page has to be taken along while the sweep has just brought it.', test },
  },
];
