import { type Guard, STORE } from './guard.ts';

const test = 'test/functions/adapters/dynamodb/transfer-written-once.test.ts';
const withItsEntry = 'The entry of the record, of the same epoch, is in the same transaction.';
const unlived = { why: withItsEntry, test };

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
    unseen: { why: 'What is said twice says nothing new the second time.', test },
  },
  {
    name: 'acceptance-is-clearly-later',
    file: 'domain/liaison/answers.ts',
    text: 'accepted.at > secondsAfter(refused.at, MOST_AHEAD_SECONDS) ? accepted : refused',
    without: 'accepted.at > refused.at ? accepted : refused',
  },
  {
    name: 'waverer-is-believed-twice',
    file: 'domain/liaison/decide-transfer.ts',
    text: 'const MOST_LET_GO = 2;',
    without: 'const MOST_LET_GO = 200;',
  },
  {
    name: 'receipt-ends-sending-again',
    file: 'domain/liaison/evolve-transfer.ts',
    text: `        nextTryAt: null,
        receipt: { code: event.code, at: event.at },`,
    without: '        receipt: { code: event.code, at: event.at },',
  },
  {
    name: 'gaps-of-sending-again-grow',
    file: 'domain/liaison/evolve-transfer.ts',
    text: 'receiptSeconds * 2 ** Math.min(tries, MOST_DOUBLINGS)',
    without: 'receiptSeconds',
  },
  {
    name: 'what-is-over-calls-nobody',
    file: 'domain/liaison/decide-transfer.ts',
    text: '  if (isOver) return null;\n',
    without: '',
  },
];
