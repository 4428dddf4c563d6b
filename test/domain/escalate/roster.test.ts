import { describe, expect, it } from 'vitest';
import { policeFor } from '#domain/escalate/roster.ts';
import { REASONS, violationReasonSchema } from '#domain/model/reasons.ts';
import { FORCE } from '#test/support/alerts.ts';

describe('whether the police may be told', () => {
  const order = { policeForce: FORCE, policeKinds: ['exclusion-zone'] } as const;
  const ofZone = { conditionKind: 'exclusion-zone', reason: 'inside-zone' } as const;
  const told = { liaisonId: FORCE, whyNot: null };

  it('they may of a violation of a kind that the order lets them hear of', () => {
    expect(policeFor(order, ofZone)).toEqual(told);
  });

  it.each([
    ['of another kind', { conditionKind: 'curfew', reason: 'left-during' }, 'kind-not-for-police'],
    ['of the buffer', { ...ofZone, reason: 'inside-buffer' }, 'reason-not-for-police'],
    ['of a way through', { ...ofZone, reason: 'passed-through' }, 'reason-not-for-police'],
  ] as const)('they may not %s', (_, violation, whyNot) => {
    expect(policeFor(order, violation)).toEqual({ liaisonId: FORCE, whyNot });
  });

  it('there is nobody to tell where the order names no force', () => {
    expect(policeFor({ ...order, policeForce: null }, ofZone)).toBe(null);
  });

  it.each(Object.entries(REASONS))('%s is theirs only as an alert', (name, { telling }) => {
    const reason = violationReasonSchema.parse(name);
    const found = policeFor(order, { ...ofZone, reason });
    expect(found?.whyNot).toBe(telling === 'alert' ? null : 'reason-not-for-police');
  });
});
