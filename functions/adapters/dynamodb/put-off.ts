import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { answerIfHeld, conditionHeld } from './errors.ts';
import { json, keyItem, number, text } from './items.ts';
import type { Key } from './keys.ts';
import { CLAIM_SECONDS, type Claim, outboxRowFrom, type PageRow } from './outbox.ts';

/** Until when a row waits that could be sent, and why. */
export type PutOff = Readonly<{ untilAt: Instant; reason: 'throttled' | 'quiet-hours' }>;

/** Who has a row that was put off: nobody who sends it. */
const PUT_OFF = 'put-off';

/** Rows of the outbox that wait on purpose. */
export const putOffs = (client: DynamoDBClient, table: string) => ({
  /**
   * Puts off a row that has been claimed: nobody sends it, and no sweep brings it, until then.
   * `waits` says why.
   */
  putOff: async (key: Key, { by, at }: Claim, put: PutOff): Promise<void> => {
    // Record: it may have left with another page meanwhile.
    await conditionHeld(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyItem(key),
          UpdateExpression:
            'SET claimedBy = :off, claimedUntilAt = :until, nextDueAt = :until, waits = :waits',
          ConditionExpression: '#status = :pending AND claimedBy = :by',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':off': text(PUT_OFF),
            ':by': text(by),
            ':until': number(put.untilAt),
            ':waits': json({ reason: put.reason, at, untilAt: put.untilAt }),
            ':pending': text('pending'),
          },
        }),
      ),
    );
  },

  /** Claims a page that was put off, for whoever sends it with another; null: somebody has it. */
  takePutOff: async (key: Key, { by, at }: Claim): Promise<PageRow | null> => {
    // Record: where it does not hold the page has ended, or somebody is sending it just now.
    const answer = await answerIfHeld(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyItem(key),
          UpdateExpression: 'SET claimedBy = :by, claimedUntilAt = :until',
          ConditionExpression: [
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
          },
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    if (answer === null) return null;
    const row = outboxRowFrom(answer.Attributes ?? {});
    return row.kind === 'page' ? row : null;
  },
});
export type PutOffs = ReturnType<typeof putOffs>;
