import { describe, expect, it } from 'vitest';
import { reachAll } from '#domain/escalate/reach.ts';
import { contact, dutyRota, person, police, roster, sms, T } from '#test/support/alerts.ts';

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
    expect(recipients).toEqual([police]);
  });
});
