import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { digest } from '#domain/model/digest.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { orderSchema } from '#domain/model/order.ts';
import { personSchema, policySchema } from '#domain/model/person.ts';
import { rotaSchema } from '#domain/model/rota.ts';
import { activationPhaseAt, activationSchema } from '#domain/model/wearer.ts';
import { later, policy, T } from '#test/support/alerts.ts';
import { ORDER_BODY } from '#test/support/orders.ts';
import { HOME } from '#test/support/supervisions.ts';

const CURFEW = { conditionId: 'c', kind: 'curfew', timetableId: 'night', place: HOME };
const ORDER = { ...ORDER_BODY, orderId: 'o-1', conditions: [CURFEW] };
const PERSON = { personId: 'officer', name: 'Sam', role: 'officer', mobile: '+447700900123' };
const SHIFT = {
  personId: 'officer',
  startsAt: '2026-01-01T08:00:00Z',
  endsAt: '2026-01-01T16:00:00Z',
};
const ROTA = { rotaId: 'duty', name: 'Duty', otherwise: 'officer', shifts: [SHIFT] };
const ACTIVATION = {
  activationId: 'a-1',
  wearerId: 'w-1',
  headEndId: 'head-end',
  deviceSerial: 'T-1',
  startsAt: T,
  endsAt: null,
};

const pathsOf = (schema: z.ZodType, value: unknown): string[] => {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

/** Three steps of twenty targets each. */
const crowded = () => {
  const targets = Array.from({ length: 20 }, () => ({ kind: 'responsible-officer' }));
  return { ...policy(), steps: [0, 60, 120].map((delaySeconds) => ({ delaySeconds, targets })) };
};

describe('a document that is sound', () => {
  it.each([
    ['order', orderSchema, ORDER],
    ['person', personSchema, PERSON],
    ['rota', rotaSchema, ROTA],
    ['policy', policySchema, policy()],
    ['activation', activationSchema, ACTIVATION],
  ] as const)('is taken: %s', (_, schema, value) => {
    expect(pathsOf(schema, value)).toEqual([]);
  });

  it('has what it leaves out filled in', () => {
    expect(orderSchema.parse(ORDER)).toMatchObject({
      endsAt: null,
      riskLevel: 'standard',
      policeKinds: [],
      reportingIntervalSeconds: 240,
      conditions: [{ place: { scatterMetres: 18 } }],
      deviceCare: { conditionId: 'device-care', kind: 'device-care', thresholds: {} },
      earlySigns: { conditionId: 'early-signs', kind: 'early-signs', thresholds: {} },
    });
  });
});

const before = '2025-12-31T00:00:00Z';
const steps = policy().steps;

describe('a document that is not is refused where it is wrong', () => {
  it.each([
    ['an order that ends before it starts', orderSchema, { ...ORDER, endsAt: before }, 'endsAt'],
    [
      'two conditions of one id',
      orderSchema,
      { ...ORDER, conditions: [CURFEW, CURFEW] },
      'conditions',
    ],
    [
      'a kind of condition that is none',
      orderSchema,
      { ...ORDER, conditions: [{ ...CURFEW, kind: 'x' }] },
      'conditions.0.kind',
    ],
    [
      'a certainty of one',
      orderSchema,
      { ...ORDER, conditions: [{ ...CURFEW, certainty: 1 }] },
      'conditions.0.certainty',
    ],
    ['a person nobody can reach', personSchema, { ...PERSON, mobile: null }, 'mobile'],
    [
      'a mobile number without its country',
      personSchema,
      { ...PERSON, mobile: '07700900123' },
      'mobile',
    ],
    [
      'a shift that ends before it starts',
      rotaSchema,
      { ...ROTA, shifts: [{ ...SHIFT, endsAt: before }] },
      'shifts.0.endsAt',
    ],
    ['a rota without cover', rotaSchema, { ...ROTA, otherwise: undefined }, 'otherwise'],
    ['a policy without steps', policySchema, { ...policy(), steps: [] }, 'steps'],
    ['a policy of more than 40 targets', policySchema, crowded(), 'steps'],
    [
      'I13: a policy without a last resort',
      policySchema,
      { ...policy(), lastResort: { personIds: [] } },
      'lastResort.personIds',
    ],
    [
      'a target that is none',
      policySchema,
      { ...policy(), steps: [{ ...steps[0], targets: [{ kind: 'x' }] }] },
      'steps.0.targets.0.kind',
    ],
    [
      'an activation that ends before it starts',
      activationSchema,
      { ...ACTIVATION, endsAt: later(-1) },
      'endsAt',
    ],
  ] as const)('%s', (_, schema, value, path) => {
    expect(pathsOf(schema, value)).toEqual([path]);
  });
});

describe('an id', () => {
  it.each(['a', 'w-1', 'A.b_c-9', 'x'.repeat(64)])('may be %s', (id) => {
    expect(agencyIdSchema.safeParse(id).success).toBe(true);
  });

  it.each(['', '-a', '.a', 'a b', 'a/b', 'a#b', 'a:b', 'a~b', 'é', 'x'.repeat(65), 'a\n'])(
    'is never %j: keys, links and queues need no escaping',
    (id) => {
      expect(agencyIdSchema.safeParse(id).success).toBe(false);
    },
  );
});

describe('an activation', () => {
  const worn = activationSchema.parse({ ...ACTIVATION, endsAt: later(60) });

  it.each([
    [-0.001, 'before'],
    [0, 'active'],
    [59.999, 'active'],
    [60, 'ended'],
  ])('is, %d s after its start, %s', (seconds, phase) => {
    expect(activationPhaseAt(worn, later(seconds))).toBe(phase);
  });

  it('without an end lasts', () => {
    expect(activationPhaseAt(activationSchema.parse(ACTIVATION), later(1e9))).toBe('active');
  });
});

describe('the digest of a content', () => {
  it.each([
    // Published vectors of FNV-1a, 32 bits.
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('of %j begins with FNV-1a', (text, hash) => {
    expect(digest(text).slice(0, 7)).toBe(hash.toString(36).padStart(7, '0'));
  });
});
