import { expect, it } from 'vitest';
import { orderSchema } from '#domain/model/order.ts';
import { thresholdPolicySchema } from '#domain/model/threshold-policy.ts';
import { readWith } from '#functions/api/problems.ts';
import { ORDER_BODY } from '#test/support/orders.ts';

const ZONE = { conditionId: 'c', kind: 'exclusion-zone', zoneId: 'school' };
const VISITS = { kind: 'fixed', days: [], times: ['10:00'] };

it.each([
  ['nothing', { legalBasis: undefined }, 'is missing'],
  ['a kind that there is not', { riskLevel: 'low' }, 'must be one of standard, high, very-high'],
  ['an empty text', { legalBasis: '' }, 'must not be empty'],
  ['a text for a number', { reportingIntervalSeconds: '9' }, 'must be a number'],
  ['a part of a second', { reportingIntervalSeconds: 10.5 }, 'must be a whole number'],
  ['too small a number', { reportingIntervalSeconds: 9 }, 'must be at least 10'],
  ['too large a number', { conditions: [{ ...ZONE, bufferMetres: 1e5 }] }, 'must be at most 10000'],
  ['too long a text', { legalBasis: 'x'.repeat(201) }, 'must have at most 200 characters'],
  ['a number for a list', { conditions: 3 }, 'must be a list'],
  ['a time of no offset', { startsAt: '2026-11-22T10:00' }, /^must be an instant with an offset/],
  ['no such condition', { conditions: [{ kind: 'x' }] }, /^must be one of exclusion-zone, curfew/],
  [
    'an empty list',
    { conditions: [{ ...ZONE, kind: 'check-in', times: VISITS }] },
    'must not be empty',
  ],
])('given %s, a problem says in plain words what is wrong', (_, wrong, message) => {
  const read = readWith(orderSchema, { ...ORDER_BODY, orderId: 'o-1', ...wrong });
  const expected = typeof message === 'string' ? message : expect.stringMatching(message);
  expect(read).toMatchObject({ ok: false, problems: [{ message: expected }] });
});

it('given thresholds of a rule that there is not, a problem names it', () => {
  const policy = { thresholdPolicyId: 't-1', legalBasis: 'Act', thresholds: { curfews: {} } };
  const problems = [{ path: 'thresholds', message: 'knows no curfews' }];
  expect(readWith(thresholdPolicySchema, policy)).toMatchObject({ ok: false, problems });
});
