import { expect, it } from 'vitest';
import { workOffQueue } from '#functions/middleware/queue.ts';

const records = ['a', 'b', 'c'].map((messageId) => ({ messageId, body: messageId }));

it('names the messages that failed, and no other', async () => {
  const response = await workOffQueue(records, async ({ body }) =>
    body === 'b' ? 'failed' : 'done',
  );
  expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
});

it('lets no message wait for another', async () => {
  const begun: string[] = [];
  await workOffQueue(records, async ({ messageId }) => {
    begun.push(messageId);
    await Promise.resolve();
    expect(begun).toEqual(['a', 'b', 'c']);
    return 'done';
  });
  expect(begun).toHaveLength(3);
});
