import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { outbox } from '#functions/adapters/dynamodb/outbox.ts';
import { T } from '#test/support/alerts.ts';
import { streamBatch } from '#test/support/batches.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { notifyOf } from '#test/support/notify-run.ts';
import { outboxImage, page } from '#test/support/pages.ts';

const AGENCY = agencyIdSchema.parse('demo');
const RECIPIENT = { channel: 'email', personId: 'officer', topicArn: 'arn:topic' };
const PAGE = page({ recipient: RECIPIENT });
const IMAGE = outboxImage('page', PAGE, 'demo#ALERT#w-1.curfew.abc');
/** Longer than anybody keeps a row that they have claimed. */
const CLAIM_OVER_SECONDS = 40;
const MOST_TRIES = 12;

/** One page in the outbox, and a provider that fails so often before it takes it. */
const desk = async (scheduler: fc.Scheduler, failures: number) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  fakeDynamoDb(client);
  await client.send(new PutItemCommand({ TableName: 'monitoring', Item: IMAGE }));
  const rows = outbox(client, 'monitoring');
  const clock = { now: T };
  const taken: string[] = [];
  let left = failures;
  const { handle } = notifyOf({
    now: () => clock.now,
    outbox: {
      claim: scheduler.scheduleFunction(rows.claim),
      end: scheduler.scheduleFunction(rows.end),
    },
    sendPage: scheduler.scheduleFunction(async (_, { pageId }) => {
      left -= 1;
      if (left >= 0) throw new Error('the provider is busy');
      taken.push(pageId);
      return `provider-${taken.length}`;
    }),
  });
  /** Whoever has the record works at it until it need not be given again, or gives up. */
  const work = async (record: string, tries = MOST_TRIES): Promise<void> => {
    const [batch] = streamBatch(IMAGE).Records;
    const Records = [{ dynamodb: { ...batch?.dynamodb, SequenceNumber: record } }];
    for (let n = 0; n < tries; n += 1) {
      const { batchItemFailures } = await handle({ Records });
      if (batchItemFailures.length === 0) return;
    }
  };
  const status = async (): Promise<string | undefined> =>
    (await rows.pagesOf(AGENCY, PAGE.alertId))[0]?.status;
  return { work, taken, clock, status };
};

describe('a provider that fails, of several workers who all have the same page', () => {
  it('takes it once (prometheus/alertmanager#4108, #3865, #2222, #1005)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat({ max: 4 }), async (scheduler, failures) => {
        const { work, taken, status } = await desk(scheduler, failures);
        await scheduler.waitFor(
          Promise.all(['record-1', 'record-2', 'record-3'].map((one) => work(one))),
        );
        expect(taken).toEqual([PAGE.pageId]);
        expect(await status()).toBe('sent');
      }),
      { numRuns: 60 },
    );
  });

  it('takes it once from the next (prometheus/alertmanager#1718, #1550, #4008)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 2, max: 5 }),
        async (scheduler, failures) => {
          const { work, taken, clock, status } = await desk(scheduler, failures);
          await scheduler.waitFor(Promise.all([work('record-1', 2), work('record-2', 2)]));
          expect(taken).toEqual([]);
          clock.now = secondsAfter(T, CLAIM_OVER_SECONDS);
          await scheduler.waitFor(Promise.all([work('record-3'), work('record-4')]));
          expect(taken).toEqual([PAGE.pageId]);
          expect(await status()).toBe('sent');
        },
      ),
      { numRuns: 40 },
    );
  });
});
