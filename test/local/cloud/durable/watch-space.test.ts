import { tmpdir } from 'node:os';
import { expect, it, vi } from 'vitest';
import { watchSpace } from '#local/cloud/durable/watch-space.ts';

const MEBIBYTE = 1024 * 1024;
const never = (error: Error): never => expect.fail(error.message);

it('refuses a disk without room, and says what to do', async () => {
  const parts = { directory: '/kept', onFailure: never, freeBytes: async () => 4096 };
  await expect(watchSpace(parts)).rejects.toThrow(
    'The disk is full: /kept has 4 KiB left, and 32 MiB are needed. Make room, then start again',
  );
});

it('tells once when the room on the disk is used up', async () => {
  const left = [40, 33, 31, 30, 29].map((count) => count * MEBIBYTE);
  const failures: string[] = [];
  const stop = await watchSpace({
    directory: '/kept',
    onFailure: ({ message }) => failures.push(message),
    freeBytes: async () => left.shift() ?? 0,
  });
  await vi.waitFor(() => expect(failures).toHaveLength(1), { timeout: 5000 });
  expect(failures[0]).toContain('/kept has 31744 KiB left');
  stop();
});

it('finds room where there is some', async () => {
  const stop = await watchSpace({ directory: tmpdir(), onFailure: never });
  stop();
});
