import { describe, expect, it } from 'vitest';
import { createActivity } from '#local/cloud/activity.ts';

const isPending = async (promise: Promise<void>): Promise<boolean> => {
  const late = new Promise<string>((resolve) => setTimeout(resolve, 40, 'late'));
  return (await Promise.race([promise, late])) === 'late';
};

const quiet = (): void => undefined;

describe('given the activity of a cloud', () => {
  it('is settled at once when nothing goes on', async () => {
    expect(await isPending(createActivity(quiet).settled())).toBe(false);
  });

  it('is not settled while one of two things is in flight', async () => {
    const activity = createActivity(quiet);
    const endFirst = activity.begin('first');
    const endSecond = activity.begin('second');
    const settled = activity.settled();
    endFirst();
    endFirst();
    expect(await isPending(settled)).toBe(true);
    endSecond();
    expect(await isPending(settled)).toBe(false);
  });

  it('asks its checks again after each change', async () => {
    const activity = createActivity(quiet);
    let left = 2;
    activity.addCheck('queue', () => left === 0);
    const settled = activity.settled();
    left = 0;
    activity.changed();
    expect(await isPending(settled)).toBe(false);
  });

  it('tells those who wait when it stops', async () => {
    const activity = createActivity(quiet);
    activity.begin('something');
    const settled = activity.settled();
    activity.stop();
    await expect(settled).rejects.toThrow('The local cloud has stopped.');
  });

  it('does not believe a check when something began while it was asked', async () => {
    const activity = createActivity(quiet);
    let end: (() => void) | undefined;
    activity.addCheck('queue', async () => {
      end ??= activity.begin('meanwhile');
      return true;
    });
    const settled = activity.settled();
    expect(await isPending(settled)).toBe(true);
    end?.();
    expect(await isPending(settled)).toBe(false);
  });
});
