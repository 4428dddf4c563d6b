import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryPolicySchema } from '#local/cloud/posting/delivery-policy.ts';

const pauses = (healthyRetryPolicy: Record<string, unknown>): readonly number[] =>
  deliveryPolicySchema.parse({ healthyRetryPolicy }).pausesSeconds;

describe('the delivery policy of a subscription', () => {
  it('is three tries, 20 seconds apart, unless it is given', () => {
    expect(deliveryPolicySchema.parse({})).toEqual({
      pausesSeconds: [20, 20, 20],
      contentType: 'text/plain; charset=UTF-8',
    });
  });

  it('goes through its phases: at once, soon, ever more slowly, slowly', () => {
    const policy = { minDelayTarget: 10, maxDelayTarget: 40, numRetries: 7 };
    const phases = { numNoDelayRetries: 2, numMinDelayRetries: 1, numMaxDelayRetries: 2 };
    expect(pauses({ ...policy, ...phases })).toEqual([0, 0, 10, 20, 30, 40, 40]);
  });

  it.each([
    [{ minDelayTarget: 0 }, '>=1'],
    [{ maxDelayTarget: 3_601 }, '<=3600'],
    [{ numRetries: 101 }, '<=100'],
    [{ minDelayTarget: 30, maxDelayTarget: 20 }, 'minDelayTarget is above maxDelayTarget'],
    [{ numRetries: 1, numMinDelayRetries: 2 }, 'numRetries is less than'],
    [{ maxDelayTarget: 3_600, numRetries: 2, numMaxDelayRetries: 2 }, 'more than 3600 seconds'],
    [{ backoffFunction: 'exponential' }, 'linear'],
  ])('is refused as %j', (policy, advice) => {
    expect(() => pauses(policy)).toThrow(advice);
  });

  it('tries as often as it says, ever more slowly, within the hour, or is refused', () => {
    const number = fc.integer({ min: 0, max: 110 });
    const given = fc.record({
      ...{ minDelayTarget: fc.integer({ min: 0, max: 90 }), numRetries: number },
      ...{ maxDelayTarget: fc.integer({ min: 1, max: 90 }), numNoDelayRetries: number },
      ...{ numMinDelayRetries: number, numMaxDelayRetries: number },
    });
    fc.assert(
      fc.property(given, (policy) => {
        const parsed = deliveryPolicySchema.safeParse({ healthyRetryPolicy: policy });
        if (!parsed.success) return;
        const { pausesSeconds } = parsed.data;
        expect(pausesSeconds).toHaveLength(policy.numRetries);
        expect(pausesSeconds).toEqual(pausesSeconds.toSorted((one, other) => one - other));
        expect(pausesSeconds.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(3_600);
      }),
    );
  });
});
