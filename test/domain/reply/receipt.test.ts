import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Delivery,
  deliveryAfter,
  deliverySchema,
  raise,
  readReceipt,
} from '#domain/reply/receipt.ts';
import { later } from '#test/support/alerts.ts';

type Receipts = NonNullable<ReturnType<typeof raise>>['receipts'];

const EVENTS = [
  ...['TEXT_QUEUED', 'TEXT_PENDING', 'TEXT_SENT', 'TEXT_SUCCESSFUL', 'TEXT_DELIVERED', 'TEXT_READ'],
  ...['TEXT_BLOCKED', 'TEXT_UNREACHABLE', 'TEXT_CARRIER_UNREACHABLE', 'TEXT_UNKNOWN', 'NONSENSE'],
  ...['VOICE_ANSWERED', 'VOICE_NO_ANSWER', 'toString', '__proto__'],
];

const rank = (state: Delivery): number => deliverySchema.options.indexOf(state);

const standing = (...events: readonly string[]) => {
  let known: Receipts = [];
  let lost = 0;
  const states: Delivery[] = [];
  for (const [i, event] of events.entries()) {
    const said = readReceipt(event, later(i));
    const raised = said === null ? null : raise(known, said);
    known = raised?.receipts ?? known;
    lost += raised?.isLost === true ? 1 : 0;
    states.push(deliveryAfter(known));
  }
  return { known, lost, states, delivery: deliveryAfter(known) };
};

describe('given receipts of a message, in whatever order and however often', () => {
  it('never lowers its state', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS)), (events) => {
        const ranks = standing(...events).states.map(rank);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });

  it('ends in the same state, whichever came first', () => {
    const shuffled = fc
      .uniqueArray(fc.constantFrom(...EVENTS))
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(standing(...one).delivery).toBe(standing(...other).delivery);
      }),
    );
  });

  it('keeps a receipt that comes twice once', () => {
    expect(standing('TEXT_DELIVERED', 'TEXT_DELIVERED').known).toHaveLength(1);
    expect(standing('TEXT_BLOCKED', 'TEXT_BLOCKED').lost).toBe(1);
  });
});

describe('a message', () => {
  it.each([
    [['TEXT_QUEUED', 'TEXT_PENDING'], 'sent', 0],
    [['TEXT_SUCCESSFUL'], 'delivered', 0],
    [['TEXT_DELIVERED', 'TEXT_UNREACHABLE'], 'delivered', 0],
    [['TEXT_UNREACHABLE', 'TEXT_DELIVERED'], 'delivered', 0],
    [['TEXT_UNREACHABLE'], 'undelivered', 0],
    [['TEXT_UNREACHABLE', 'TEXT_BLOCKED'], 'undelivered', 1],
    [['TEXT_INVALID'], 'undelivered', 1],
    [['TEXT_DELIVERED', 'TEXT_BLOCKED'], 'delivered', 0],
    [['VOICE_NO_ANSWER'], 'undelivered', 1],
    [['VOICE_ANSWERED', 'VOICE_COMPLETED'], 'delivered', 0],
  ] as const)('of which %j is said is %s, and lost %i times', (events, delivery, lost) => {
    expect(standing(...events)).toMatchObject({ delivery, lost });
  });

  it.each(['NONSENSE', 'toString', 'constructor', '__proto__', ''])(
    'of which %j is said stands as it did',
    (event) => {
      expect(readReceipt(event, later(0))).toBeNull();
    },
  );
});
