import { describe, expect, it } from 'vitest';
import { toDecideAnew } from '#domain/escalate/closings.ts';
import { knownTo } from '#domain/escalate/feed-place.ts';
import { decisionIdSchema, liaisonIdSchema } from '#domain/model/ids.ts';
import { later, OFFICER, roster, violationChanges } from '#test/support/alerts.ts';
import { alertAfter, given, OPENED, type Step } from '#test/support/given-alert.ts';

const DECISION = decisionIdSchema.parse('d-1');
const COURT = liaisonIdSchema.parse('crown');
const withCourt = roster({ liaisons: [{ liaisonId: COURT, kind: 'court', whyNot: null }] });

const closed: Step = {
  command: {
    ...{ type: 'close', by: OFFICER, epoch: 1, disposition: 'breach-initiated' },
    ...{ reason: 'third time', decisionId: DECISION },
  },
  now: later(60),
  roster: withCourt,
};
const takesBack = (decisionId = DECISION) =>
  ({ type: 'withdraw-closing', by: OFFICER, decisionId, reason: 'hospital confirmed' }) as const;
const ended: Step = {
  command: violationChanges({ status: 'ended', endedAt: later(30), endReason: 'back-in-order' }),
  now: later(40),
};

describe('a decision that is taken back', () => {
  it('opens what was closed with it, quietly and to be decided anew, where it is over', () => {
    const asOfEnd: Step = { ...closed, command: { ...closed.command, ...{ epoch: 2 } } };
    const { after } = given(OPENED, ended, asOfEnd)
      .when(takesBack(), later(90))
      .thenHappened('closing-withdrawn');
    expect(after).toMatchObject({
      ...{ status: 'open', track: 'review', closed: null, cleared: null },
      nextStepAt: later(90 + 86_400),
    });
  });

  it.each(['casework', 'transfer'] as const)('leaves alone a %s that is done since', (kind) => {
    const { after } = given(OPENED, ended)
      .when({ ...closed.command, ...{ epoch: 2 } }, later(60))
      .thenHappened('alert-closed');
    expect(toDecideAnew({ ...after, conditionKind: kind }, later(90))).toMatchObject({
      ...{ status: 'closed', nextStepAt: null },
      closed: { by: null, disposition: 'no-action-explained' },
    });
  });

  it('calls people again where what it is about goes on', () => {
    const { after } = given(OPENED, closed)
      .when(takesBack(), later(90))
      .thenHappened('closing-withdrawn');
    expect(after).toMatchObject({ status: 'open', track: 'page', closed: null });
    expect(after.nextStepAt).toBe(later(90));
  });

  it('is told to the court that was to deal with it, and to nobody else', () => {
    const alert = alertAfter(OPENED, closed);
    expect(knownTo(alert, COURT)).toBe('it-is-so');
    const { after, pages } = given(OPENED, closed)
      .when(takesBack(), later(90))
      .thenPages(['stand-down', 'crown']);
    expect(pages[0]?.inFeed?.outcome).toMatchObject({ disposition: 'withdrawn' });
    expect(knownTo(after, COURT)).toBe('it-was-not');
  });

  it('leaves over what was not so anyhow', () => {
    const withdrawn: Step = {
      command: violationChanges({ status: 'withdrawn', revision: 2 }),
      now: later(70),
    };
    const { after } = given(OPENED, closed, withdrawn)
      .when(takesBack(), later(90))
      .thenHappened('closing-withdrawn');
    expect(after).toMatchObject({
      status: 'closed',
      closed: { by: null, disposition: 'withdrawn' },
    });
  });

  it('changes nothing of what was closed otherwise, or is open', () => {
    const other = decisionIdSchema.parse('d-2');
    given(OPENED, closed).when(takesBack(other), later(90)).thenNothingHappened('closed-otherwise');
    given(OPENED).when(takesBack(), later(90)).thenNothingHappened('closed-otherwise');
  });
});
