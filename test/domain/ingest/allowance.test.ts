import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Amount,
  DEVICE_LIMITS,
  decideAllowance,
  HEAD_END_LIMITS,
  type Purse,
  withLease,
} from '#domain/ingest/allowance.ts';
import { type Instant, instant } from '#domain/model/instant.ts';

const MINUTE = instant(1_772_439_300_000 - (1_772_439_300_000 % 60_000));
const at = (milliseconds: number): Instant => instant(MINUTE + milliseconds);
const LIMITS = { requestsPerMinute: 100, eventsPerMinute: 1_000 };

/** Sandboxes that share a counter, as the table holds it. */
const sandboxes = (count: number, limits = LIMITS) => {
  const counters = new Map<number, { requests: number; events: number }>();
  const purses: (Purse | null)[] = Array.from({ length: count }, () => null);
  const calls = { made: 0 };
  const lease = (windowAt: Instant, asked: Amount): Amount => {
    calls.made += 1;
    const before = counters.get(windowAt) ?? { requests: 0, events: 0 };
    const requests = before.requests + asked.requests;
    const after = { requests, events: before.events + asked.events };
    counters.set(windowAt, after);
    return after;
  };
  /** Seconds to wait; 0 when the POST passed. */
  const post = (sandbox: number, needed: Amount, now: Instant): number => {
    for (let i = 0; i < 3; i += 1) {
      const decided = decideAllowance(purses[sandbox] ?? null, limits, { needed, now });
      if (decided.step === 'wait') return decided.seconds;
      purses[sandbox] = decided.purse;
      if (decided.step === 'pass') return 0;
      const after = lease(decided.purse.windowAt, decided.asked);
      purses[sandbox] = withLease(decided.purse, limits, { asked: decided.asked, after });
    }
    throw new Error('it asked the counter more than twice for one POST');
  };
  return { post, calls };
};

describe('a token within its allowance', () => {
  it('passes, and asks the counter once for a sixtieth of the minute', () => {
    const { post, calls } = sandboxes(1, HEAD_END_LIMITS);
    for (let i = 0; i < 1_000; i += 1) expect(post(0, { requests: 1, events: 10 }, at(0))).toBe(0);
    expect(calls.made).toBe(1);
  });

  it('passes to the last of exactly its limit, and not beyond', () => {
    const { post } = sandboxes(1);
    const passed = Array.from({ length: 101 }, () => post(0, { requests: 1, events: 10 }, at(0)));
    expect(passed.indexOf(60)).toBe(100);
  });

  it('costs less than a call a hundred messages at the load of a nation', () => {
    const { post, calls } = sandboxes(4, HEAD_END_LIMITS);
    // 30 POSTs a second with 60 fixes each, for a minute, over four sandboxes.
    for (let i = 0; i < 1_800; i += 1) {
      expect(post(i % 4, { requests: 1, events: 60 }, at(i * 33))).toBe(0);
    }
    expect(calls.made).toBeLessThan(18);
  });
});

describe('a token that has used up its minute', () => {
  it.each([
    [0, 60],
    [1, 60],
    [59_000, 1],
    [59_999, 1],
  ])('is told at %d ms to come again in %d s', (milliseconds, seconds) => {
    const { post } = sandboxes(1);
    post(0, { requests: 1, events: 1_000 }, at(milliseconds));
    expect(post(0, { requests: 1, events: 1 }, at(milliseconds))).toBe(seconds);
  });

  it('passes again in the next minute', () => {
    const { post } = sandboxes(1);
    post(0, { requests: 1, events: 1_000 }, at(0));
    expect(post(0, { requests: 1, events: 1 }, at(59_999))).toBe(1);
    expect(post(0, { requests: 1, events: 1 }, at(60_000))).toBe(0);
  });

  it('asks the counter no more until then', () => {
    const { post, calls } = sandboxes(1);
    post(0, { requests: 1, events: 1_000 }, at(0));
    post(0, { requests: 1, events: 1 }, at(1));
    const before = calls.made;
    for (let i = 0; i < 100; i += 1) post(0, { requests: 1, events: 1 }, at(2));
    expect(calls.made).toBe(before);
  });

  it('still sends a smaller POST that fits what is left', () => {
    const { post } = sandboxes(1);
    post(0, { requests: 1, events: 990 }, at(0));
    expect(post(0, { requests: 1, events: 11 }, at(0))).toBe(60);
    expect(post(0, { requests: 1, events: 10 }, at(0))).toBe(0);
  });
});

describe('many sandboxes of one token', () => {
  const needed = fc.record({
    requests: fc.constant(1),
    events: fc.integer({ min: 0, max: 1_000 }),
  });
  const posts = fc.array(fc.record({ sandbox: fc.nat(7), needed, after: fc.nat(2_000) }), {
    maxLength: 200,
  });

  it('together let no more pass in a minute than its limit', () => {
    fc.assert(
      fc.property(posts, (sent) => {
        const { post } = sandboxes(8, { requestsPerMinute: 40, eventsPerMinute: 5_000 });
        const passed = new Map<number, { requests: number; events: number }>();
        let now = 0;
        for (const { sandbox, needed: asked, after } of sent) {
          now += after;
          if (post(sandbox, asked, at(now)) > 0) continue;
          const minute = Math.floor(now / 60_000);
          const sum = passed.get(minute) ?? { requests: 0, events: 0 };
          passed.set(minute, {
            requests: sum.requests + 1,
            events: sum.events + asked.events,
          });
        }
        for (const { requests, events } of passed.values()) {
          expect(requests).toBeLessThanOrEqual(40);
          expect(events).toBeLessThanOrEqual(5_000);
        }
      }),
    );
  });

  it('leave at most a block of a sixtieth unused in each', () => {
    const { post } = sandboxes(8, DEVICE_LIMITS);
    let passed = 0;
    for (let i = 0; i < 1_000; i += 1) {
      passed += post(i % 8, { requests: 1, events: 1 }, at(0)) === 0 ? 1 : 0;
    }
    expect(passed).toBeGreaterThan(600 - 7 * 10);
    expect(passed).toBeLessThanOrEqual(600);
  });
});
