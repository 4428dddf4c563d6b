import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isToBeTold, restSeconds, restsUntil, whyNotDelivered } from '#domain/liaison/delivery.ts';
import { liaisonEventSchema } from '#domain/liaison/event.ts';
import { later, T } from '#test/support/alerts.ts';
import { liaisonEvents } from '#test/support/liaison-events.ts';
import { liaison } from '#test/support/liaisons.ts';

const [made] = fc.sample(liaisonEvents, { numRuns: 1, seed: 5 });
const event = (fields: object = {}) =>
  liaisonEventSchema.parse({
    ...{ ...made, status: 'Actual', expiresAt: new Date(later(60)).toISOString() },
    ...fields,
  });
const URL = 'https://desk.example/incidents';
const EXERCISES = 'https://desk.example/exercises';

describe('an event that waits for its delivery', () => {
  it.each([
    ['while it is of use', {}, null, {}, null],
    ['that they have fetched', {}, T, {}, 'fetched'],
    ['of who only fetches', {}, null, { delivery: { by: 'pull' } }, 'fetched-only'],
    ['that has run out', { expiresAt: new Date(T).toISOString() }, null, {}, 'expired'],
    [
      'of who does not come any more',
      {},
      null,
      { responseWithdrawn: { since: '2026-01-01T00:00:00Z', reason: 'two false calls' } },
      'response-withdrawn',
    ],
    [
      'that is practised, to an address for what is real',
      { status: 'Exercise' },
      null,
      { delivery: { by: 'https', url: URL } },
      'no-exercise-address',
    ],
    [
      'that is a test, to an address for exercises',
      { status: 'Test' },
      null,
      { delivery: { by: 'https', url: URL, exerciseUrl: EXERCISES } },
      null,
    ],
  ])('%s', (_, fields, acknowledgedAt, of, why) => {
    const standing = { event: event(fields), acknowledgedAt };
    expect(whyNotDelivered(standing, liaison(of), T)).toBe(why);
  });

  it('goes to no address both for what is real and for what is not', () => {
    const delivery = { by: 'https', url: URL, exerciseUrl: URL };
    expect(() => liaison({ delivery })).toThrow('give exercises an address of their own');
  });
});

describe('a liaison that takes nothing', () => {
  it('is left alone ever longer, and for a minute at most', () => {
    expect([0, 1, 2, 3, 4, 5, 400].map(restSeconds)).toEqual([5, 10, 20, 40, 60, 60, 60]);
    expect(restsUntil(1, T)).toBe(later(10));
  });

  it('is told of once it has failed for five minutes, and once', () => {
    const failing = { failingSinceAt: T, toldAt: null };
    expect(isToBeTold(failing, later(299))).toBe(false);
    expect(isToBeTold(failing, later(300))).toBe(true);
    expect(isToBeTold({ ...failing, toldAt: later(300) }, later(900))).toBe(false);
    expect(isToBeTold({ failingSinceAt: null, toldAt: null }, later(900))).toBe(false);
  });
});
