import {
  ConditionalCheckFailedException,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { answerIfHeld, conditionHeld } from '#functions/adapters/dynamodb/errors.ts';

const said = { $metadata: {}, message: 'said by DynamoDB' };
const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    ...said,
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('a write whose condition may not hold', () => {
  it('gives its answer where it held', async () => {
    const answer = { Attributes: { pk: { S: 'a' } } };
    expect(await answerIfHeld(Promise.resolve(answer))).toBe(answer);
    expect(await conditionHeld(Promise.resolve(answer))).toBe(true);
  });

  it.each([
    ['the condition of one write', new ConditionalCheckFailedException(said)],
    ['one of a transaction', cancelled('None', 'ConditionalCheckFailed')],
    ['another transaction at the same item', cancelled('TransactionConflict', 'None')],
  ])('did not hold: %s', async (_, error) => {
    expect(await answerIfHeld(Promise.reject(error))).toBeNull();
    expect(await conditionHeld(Promise.reject(error))).toBe(false);
  });

  it.each([
    ['a throttled write', new ProvisionedThroughputExceededException(said)],
    ['a transaction that is cancelled for another reason', cancelled('ThrottlingError')],
    ['a transaction that does not say why', new TransactionCanceledException(said)],
  ])('fails with anything else: %s', async (_, error) => {
    await expect(conditionHeld(Promise.reject(error))).rejects.toBe(error);
  });
});
