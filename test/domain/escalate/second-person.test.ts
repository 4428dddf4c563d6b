import { describe, expect, it } from 'vitest';
import {
  acknowledge,
  close,
  later,
  OFFICER,
  ON_CALL,
  opening,
  policy,
  sms,
  T,
  tick,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { given, type Step } from '#test/support/given-alert.ts';

/** The gravest, of which two people have to know. */
const OPENED: Step = {
  command: violationOpens({}, opening({ severity: 'extreme', policy: policy() })),
  now: T,
};
const FIRST: Step = { command: acknowledge('officer'), now: later(60) };
const SECOND: Step = { command: acknowledge('manager'), now: later(90) };

describe('I10: the gravest alerts need two people who acknowledge', () => {
  it('stays open after the first, and paging goes on at its time', () => {
    const { after } = given(OPENED)
      .when(FIRST.command, FIRST.now)
      .thenHappened('alert-acknowledged');
    expect(after).toMatchObject({ status: 'open', nextDueAt: later(300) });
    const { pages } = given(OPENED, FIRST).when(tick(2), later(300)).thenHappened('step-run');
    expect(pages).toMatchObject([{ step: 1, recipient: sms('on-call') }]);
  });

  it('is in hand with the second, for as long as the policy says from then on', () => {
    const { after, pages } = given(OPENED, FIRST)
      .when(SECOND.command, SECOND.now)
      .thenHappened('alert-acknowledged');
    expect(after).toMatchObject({ status: 'acknowledged', nextDueAt: later(90 + 14_400) });
    expect(pages).toEqual([]);
  });

  it('counts nobody twice', () => {
    given(OPENED, FIRST)
      .when(acknowledge('officer'), later(70))
      .thenNothingHappened('already-acknowledged-by-you');
  });

  it('tells whoever has acknowledged no more, and says why', () => {
    const again = policy({
      steps: [
        { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
        {
          delaySeconds: 300,
          targets: [{ kind: 'responsible-officer' }, { kind: 'rota', rotaId: 'duty' }],
        },
      ],
    });
    const opened = {
      command: violationOpens({}, opening({ severity: 'extreme', policy: again })),
      now: T,
    };
    const { events, pages } = given(opened, FIRST)
      .when(tick(2), later(300))
      .thenHappened('step-run');
    expect(pages).toMatchObject([{ recipient: sms('on-call') }]);
    expect(events).toMatchObject([
      { unreached: [{ target: 'responsible-officer', id: OFFICER, reason: 'has-acknowledged' }] },
    ]);
  });

  it('lets a first acknowledgement lapse that no second one has followed', () => {
    const { after } = given(OPENED, FIRST)
      .when(acknowledge('on-call'), later(60 + 14_400))
      .thenHappened('alert-acknowledged');
    expect(after).toMatchObject({ status: 'open' });
    expect(after.acknowledgements.at(-1)).toMatchObject({ by: ON_CALL });
  });

  it('keeps whoever acknowledges just before the two before them are told to have lapsed', () => {
    const third: Step = { command: acknowledge('on-call'), now: later(90 + 14_400) };
    const { after, pages } = given(OPENED, FIRST, SECOND, third)
      .when(tick(4), later(90 + 14_401))
      .thenHappened('acknowledgement-ended', 'step-run');
    expect(after).toMatchObject({ status: 'open', acknowledgements: [{ by: ON_CALL }] });
    expect(pages).toMatchObject([{ recipient: sms('officer') }]);
  });

  it.each([
    ['where nobody has it in hand', [OPENED], 1, { by: null, at: T }],
    ['who alone has it in hand', [OPENED, FIRST], 2, { by: OFFICER, at: later(60) }],
  ] as const)('is not closed by one person %s', (_, steps, epoch, acted) => {
    given(...steps)
      .when(close('officer', epoch), later(70))
      .thenRefused({ code: 'second-person-needed', ...acted });
  });

  it.each([
    ['by another than who has it in hand', [OPENED, FIRST], 'manager', 2],
    ['by one of two who have it in hand', [OPENED, FIRST, SECOND], 'officer', 3],
  ] as const)('is closed %s', (_, steps, by, epoch) => {
    given(...steps)
      .when(close(by, epoch), later(100))
      .thenHappened('alert-closed');
  });

  it('is closed by one person where it is over by the data, and waits for a reason', () => {
    const reviewed = violationOpens({}, opening({ severity: 'extreme', isReviewed: true }));
    const withdrawn = violationChanges({ status: 'withdrawn' });
    given({ command: reviewed, now: T }, { command: withdrawn, now: later(60) })
      .when(close('officer', 2), later(70))
      .thenHappened('alert-closed');
  });
});
