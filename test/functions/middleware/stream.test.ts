import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordKeyText } from '#functions/adapters/dynamodb/stream-image.ts';
import { type StreamRecord, streamBatchSchema } from '#functions/middleware/batch.ts';
import { workOffStream } from '#functions/middleware/stream.ts';
import { failed, NOTHING_FAILED, streamBatch } from '#test/support/batches.ts';

/** A batch of the given partitions, such as `aab`. */
const batch = (partitions: string): StreamRecord[] => {
  const images = [...partitions].map((pk) => ({ pk: { S: pk }, sk: { S: 'x' } }));
  return streamBatchSchema.parse(streamBatch(...images)).Records;
};

const workOff = async (partitions: string, bad: readonly string[]) => {
  const done: string[] = [];
  const response = await workOffStream(batch(partitions), recordKeyText, async ({ dynamodb }) => {
    if (bad.includes(dynamodb.SequenceNumber)) return 'failed';
    done.push(dynamodb.SequenceNumber);
    return 'done';
  });
  return { done, response };
};

describe("a stream's batch", () => {
  it('is done in its order', async () => {
    expect(await workOff('abab', [])).toEqual({
      done: ['s-0', 's-1', 's-2', 's-3'],
      response: NOTHING_FAILED,
    });
  });

  it('comes again from the first failure on; only what is about the same thing waits', async () => {
    expect(await workOff('aabab', ['s-1'])).toEqual({
      done: ['s-0', 's-2', 's-4'],
      response: failed('s-1'),
    });
  });

  it('names the first of several failures', async () => {
    expect((await workOff('abc', ['s-1', 's-2'])).response).toEqual(failed('s-1'));
  });

  it('never does a record before an earlier one about the same thing has been done', async () => {
    const partitions = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(partitions, fc.array(fc.nat({ max: 9 })), async (text, bad) => {
        const names = bad.map((i) => `s-${i}`);
        const { done } = await workOff(text, names);
        const isBlocked = (i: number) =>
          [...text].some((pk, j) => j < i && pk === text[i] && names.includes(`s-${j}`));
        const numbers = done.map((name) => Number(name.slice(2)));
        expect(numbers.filter(isBlocked)).toEqual([]);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });
});
