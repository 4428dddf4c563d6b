import { describe, expect, it } from 'vitest';
import { policeFor, reachAll } from '#domain/escalate/roster.ts';
import { severityOf } from '#domain/escalate/severity.ts';
import { REASONS, violationReasonSchema } from '#domain/model/reasons.ts';
import { contact, dutyRota, FORCE, person, roster, sms, T } from '#test/support/alerts.ts';

const ASKING = { at: T, isQuietKept: false, isOfficeHour: false, holders: [] };

describe('reaching the targets of a step', () => {
  const personTarget = (id: string) => ({ kind: 'person', personId: person(id) }) as const;

  it('tells a person on every channel that they have', () => {
    const both = roster({ contacts: [contact('officer', { topicArn: 'arn:topic' })] });
    const { recipients } = reachAll(both, [{ kind: 'responsible-officer' }], ASKING);
    expect(recipients.map(({ channel }) => channel)).toEqual(['sms', 'email']);
  });

  it('tells a person once, however many targets come to them', () => {
    const targets = [{ kind: 'responsible-officer' } as const, personTarget('officer')];
    expect(reachAll(roster(), targets, ASKING).recipients).toEqual([sms('officer')]);
  });

  it.each([
    ['a person who is not on record', personTarget('ghost'), 'person-unknown'],
    ['a person without any way to reach them', personTarget('mute'), 'no-contact'],
  ])('says of %s why nobody was reached', (_, target, reason) => {
    const reached = roster({ contacts: [contact('mute', { mobile: null })] });
    const { recipients, unreached } = reachAll(reached, [target], ASKING);
    expect(recipients).toEqual([]);
    expect(unreached).toEqual([{ target: 'person', id: target.personId, reason }]);
  });

  const dutyTarget = { kind: 'rota', rotaId: dutyRota().rotaId } as const;
  const spanned = { startsAt: '2026-03-02T19:00:00Z', endsAt: '2026-03-02T21:00:00Z' };
  const override = (kind: string, personId: string) => ({
    ...{ overrideId: kind, kind, personId, by: 'manager', reason: 'storm', ...spanned },
  });

  it('tells everybody whom a rota has on call at that instant', () => {
    const rotas = [dutyRota({ overrides: [override('add', 'manager')] })];
    const { recipients } = reachAll(roster({ rotas }), [dutyTarget], ASKING);
    expect(recipients).toEqual([sms('on-call'), sms('manager')]);
  });

  it('says so where a rota has nobody on call', () => {
    const rotas = [dutyRota({ otherwise: null })];
    expect(reachAll(roster({ rotas }), [dutyTarget], ASKING)).toMatchObject({
      recipients: [],
      unreached: [{ target: 'rota', id: 'duty', reason: 'nobody-on-call' }],
    });
  });

  it('reaches the others where one cannot be reached', () => {
    const targets = [personTarget('ghost'), { kind: 'police' } as const];
    const { recipients } = reachAll(roster(), targets, ASKING);
    expect(recipients).toEqual([{ channel: 'police', forceId: FORCE }]);
  });
});

describe('whether the police may be told', () => {
  const order = { policeForce: FORCE, policeKinds: ['exclusion-zone'] } as const;
  const ofZone = { conditionKind: 'exclusion-zone', reason: 'inside-zone' } as const;
  const told = { forceId: FORCE, whyNot: null };

  it('they may of a violation of a kind that the order lets them hear of', () => {
    expect(policeFor(order, ofZone)).toEqual(told);
  });

  it.each([
    ['of another kind', { conditionKind: 'curfew', reason: 'left-during' }, 'kind-not-for-police'],
    ['of the buffer', { ...ofZone, reason: 'inside-buffer' }, 'reason-not-for-police'],
    ['of a way through', { ...ofZone, reason: 'passed-through' }, 'reason-not-for-police'],
  ] as const)('they may not %s', (_, violation, whyNot) => {
    expect(policeFor(order, violation)).toEqual({ forceId: FORCE, whyNot });
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

describe('how grave an alert is', () => {
  const plain = { riskLevel: 'standard', mappa: null } as const;
  const mappa = (level: number) => ({ ...plain, mappa: { level, category: 1 } });

  it.each([
    ['a curfew', 'out-at-start', plain, 'moderate'],
    ['a zone', 'inside-zone', plain, 'severe'],
    [
      'a curfew of somebody at high risk',
      'out-at-start',
      { ...plain, riskLevel: 'high' },
      'moderate',
    ],
    ['a curfew at very high risk', 'out-at-start', { ...plain, riskLevel: 'very-high' }, 'severe'],
    ['a zone at very high risk', 'inside-zone', { ...plain, riskLevel: 'very-high' }, 'extreme'],
    ['a curfew under MAPPA level 1', 'out-at-start', mappa(1), 'moderate'],
    ['a curfew under MAPPA level 2', 'out-at-start', mappa(2), 'severe'],
    ['a zone under MAPPA level 3', 'inside-zone', mappa(3), 'extreme'],
  ] as const)('of %s', (_, reason, order, severity) => {
    expect(severityOf({ reason, conditionKind: 'curfew', certainty: 0.97 }, order)).toBe(severity);
  });
});
