import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Decision,
  decisionSchema,
  dispositionOf,
  hasLetter,
  isSameDecision,
  type SentDecision,
  sentDecisionSchema,
} from '#domain/casework/decision.ts';
import { dispositionSchema } from '#domain/model/closing.ts';
import { instant, toIso } from '#domain/model/instant.ts';
import { asSent } from '#functions/adapters/dynamodb/as-sent.ts';

const isos = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) })
  .map((at) => toIso(instant(at)));
const words = fc.stringMatching(/^[A-Za-z][A-Za-z ,.'é–]{0,40}[a-z]$/);
const ids = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const letter = fc.record({
  expected: words,
  howToAnswer: words,
  addressee: fc.array(words, { maxLength: 8 }),
});
const period = fc.tuple(isos, fc.integer({ min: 1, max: 1e9 })).map(([from, more]) => ({
  ...{ from, until: toIso(instant(Date.parse(from) + more)) },
}));
const permission = fc
  .tuple(ids, period, fc.constantFrom('medical', 'work', 'court'))
  .map(([permissionId, of, reason]) => ({ permissionId, ...of, reason }));
const because = fc.constantFrom('equipment', 'explained', 'authorised-absence');

const kinds: fc.Arbitrary<object> = fc.oneof(
  fc.record({ kind: fc.constantFrom('first-warning', 'second-warning'), letter }),
  fc.record({ kind: fc.constant('no-action'), because }),
  fc.record({ kind: fc.constantFrom('excuse-accepted', 'authorised-absence'), permission }),
  fc.record({ kind: fc.constant('referral'), service: words, followUpAt: isos }),
  fc.record({
    kind: fc.constant('supervision-level'),
    level: fc.tuple(ids, period).map(([levelId, of]) => ({ levelId, level: 'enhanced', ...of })),
  }),
  fc.constant({ kind: 'breach-initiated' }),
  fc.record({
    kind: fc.constant('recall-requested'),
    recall: fc.constantFrom('fixed-term', 'standard', 'emergency'),
  }),
);
const sent: fc.Arbitrary<SentDecision> = fc
  .tuple(kinds, fc.record({ decisionId: ids, orderId: ids, by: ids, reason: words }), isos)
  .map(([of, common, decidedAt]) =>
    sentDecisionSchema.parse({
      ...{ ...of, ...common, decidedAt },
      considered: [{ kind: 'violation', id: 'w-1.home.abc' }],
    }),
  );

const takenOf = (one: SentDecision): Decision =>
  decisionSchema.parse(asSent({ ...one, found: [], withdrawn: null, letters: [] }));

describe('a decision as it is sent', () => {
  it('is the same when it is read again from where it is kept', () => {
    fc.assert(
      fc.property(sent, (one) => {
        const kept = takenOf(one);
        expect(isSameDecision(kept, one)).toBe(true);
        expect(takenOf(kept)).toEqual(kept);
      }),
      { numRuns: 60 },
    );
  });

  it('is another as soon as anything of it is', () => {
    fc.assert(
      fc.property(sent, sent, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(isSameDecision(takenOf(one), other)).toBe(isSame);
      }),
      { numRuns: 60 },
    );
  });

  it('closes its alerts as one of the dispositions that there are', () => {
    fc.assert(
      fc.property(sent, (one) => {
        expect(dispositionSchema.options).toContain(dispositionOf(one));
        expect(hasLetter(takenOf(one))).toBe(one.kind.endsWith('warning'));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['an alert twice', { closes: [1, 2].map((epoch) => ({ alertId: 'a', epoch })) }],
    ['six alerts', { closes: [1, 2, 3, 4, 5, 6].map((n) => ({ alertId: `a-${n}`, epoch: 1 })) }],
    ['nothing considered', { considered: [] }],
    ['no reason', { reason: '  ' }],
    ['a kind that there is not', { kind: 'breach' }],
  ])('is refused with %s', (_, fields) => {
    const body = {
      ...{ kind: 'breach-initiated', decisionId: 'd', orderId: 'o', by: 'p', reason: 'r' },
      ...{ considered: [{ kind: 'alert', id: 'a' }], ...fields },
    };
    expect(sentDecisionSchema.safeParse(body).success).toBe(false);
  });
});
