import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import {
  close,
  later,
  MANAGER,
  OFFICER,
  opening,
  person,
  policy,
  sms,
  T,
  tick,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { given, OPENED, type Step, takenBy } from '#test/support/given-alert.ts';

const TAKEN = takenBy('officer', 60);
const handOn = (id: string, epoch: number): AlertCommand => ({
  ...{ type: 'escalate', by: person(id), epoch },
});

describe('somebody hands an alert on', () => {
  it('and the next step runs at once, also where they had it in hand', () => {
    const { after, pages } = given(OPENED, TAKEN)
      .when(handOn('officer', 2), later(90))
      .thenHappened('alert-escalated', 'step-run');
    expect(after).toMatchObject({ status: 'open', acknowledgements: [] });
    expect(pages).toMatchObject([{ step: 1, recipient: sms('on-call') }]);
  });

  it('once: what was seen before somebody else acted is refused, and they are named', () => {
    given(OPENED, TAKEN)
      .when(handOn('manager', 1), later(90))
      .thenRefused({ code: 'stale-epoch', by: OFFICER, at: later(60) });
    given(OPENED, { command: handOn('manager', 1), now: later(60) })
      .when(handOn('manager', 1), later(61))
      .thenRefused({ code: 'stale-epoch', by: MANAGER, at: later(60) });
  });

  it('to others: a step that would come to whoever has let go is passed', () => {
    const alone = policy({
      steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] }],
      repeat: 3,
    });
    const opened = { command: violationOpens({}, opening({ policy: alone })), now: T };
    const { events, pages, after } = given(opened, TAKEN)
      .when(handOn('officer', 2), later(90))
      .thenHappened('alert-escalated', 'step-run', 'step-run');
    expect(pages).toMatchObject([{ recipient: sms('manager') }]);
    expect(events[1]).toMatchObject({ unreached: [{ id: OFFICER, reason: 'handed-on' }] });
    expect(after.status).toBe('open');
  });

  it('and are told again by a later step', () => {
    const officer = { delaySeconds: 300, targets: [{ kind: 'responsible-officer' }] };
    const onCall = { delaySeconds: 300, targets: [{ kind: 'rota', rotaId: 'duty' }] };
    const thrice = opening({ policy: policy({ steps: [officer, onCall, officer] }) });
    const { pages } = given(
      { command: violationOpens({}, thrice), now: T },
      { command: tick(1), now: later(300) },
      { command: handOn('officer', 2), now: later(310) },
    )
      .when(tick(3), later(900))
      .thenHappened('step-run');
    expect(pages).toMatchObject([{ recipient: sms('officer') }]);
  });

  it('not where it has been closed', () => {
    given(OPENED, { command: close('manager', 1), now: later(60) })
      .when(handOn('officer', 2), later(61))
      .thenRefused({ code: 'already-closed', by: MANAGER, at: later(60) });
  });
});

describe('what would close by itself, of a kind that a person must look at', () => {
  const REVIEWED: Step = { command: violationOpens({}, opening({ isReviewed: true })), now: T };
  const withdrawn = violationChanges({ status: 'withdrawn' });

  it('stays open with the reason, quietly, after everybody has been stood down', () => {
    const { after, pages } = given(REVIEWED)
      .when(withdrawn, later(120))
      .thenHappened('violation-withdrawn');
    expect(after).toMatchObject({
      ...{ status: 'open', track: 'review', closed: null },
      cleared: { by: null, disposition: 'withdrawn' },
    });
    expect(pages).toMatchObject([{ purpose: 'stand-down', recipient: sms('officer') }]);
  });

  it('is told again each day, as for review', () => {
    const { pages } = given(REVIEWED, { command: withdrawn, now: later(120) })
      .when(tick(2), later(120 + 86_400))
      .thenHappened('step-run');
    expect(pages).toMatchObject([{ purpose: 'review', recipient: sms('officer') }]);
  });

  it('is told to no force, whoever hands it on: there is nothing to be enforced', () => {
    const police = policy({ steps: [{ delaySeconds: 0, targets: [{ kind: 'police' }] }] });
    const opened = violationOpens({}, opening({ isReviewed: true, policy: police }));
    const cleared = { command: withdrawn, now: later(120) };
    const { events, pages } = given({ command: opened, now: T }, cleared)
      .when(handOn('officer', 2), later(200))
      .thenHappened('alert-escalated', 'step-run', 'step-run');
    expect(events[1]).toMatchObject({ unreached: [{ target: 'police', reason: 'taken-back' }] });
    expect(pages).toMatchObject([{ recipient: sms('manager') }]);
    const shown = violationChanges({ revision: 3, status: 'open' });
    given({ command: opened, now: T }, cleared, { command: handOn('officer', 2), now: later(200) })
      .when(shown, later(300))
      .thenPages(['alert', 'met']);
  });

  it('until a person has closed it and written why', () => {
    const { after } = given(REVIEWED, { command: withdrawn, now: later(120) })
      .when(close('officer', 2), later(600))
      .thenHappened('alert-closed');
    expect(after).toMatchObject({
      status: 'closed',
      closed: { by: OFFICER, reason: 'seen at home' },
    });
  });

  it('stands down also who was told since, where it turns out wrong once more', () => {
    const steps = [
      { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
      { delaySeconds: 600, targets: [{ kind: 'rota', rotaId: 'duty' }] },
    ];
    const reviewed = opening({ isReviewed: true, policy: policy({ steps }) });
    const { pages } = given(
      { command: violationOpens({}, reviewed), now: T },
      { command: withdrawn, now: later(120) },
      { command: handOn('officer', 2), now: later(130) },
      { command: violationChanges({ revision: 3, status: 'open' }), now: later(140) },
    )
      .when(violationChanges({ revision: 4, status: 'withdrawn' }), later(150))
      .thenHappened('violation-withdrawn');
    expect(pages.map(({ recipient }) => recipient)).toEqual([sms('on-call'), sms('officer')]);
  });

  it('pages again where later evidence shows it after all', () => {
    const shown = violationChanges({ revision: 3, status: 'open' });
    const { after, pages } = given(REVIEWED, { command: withdrawn, now: later(120) })
      .when(shown, later(200))
      .thenHappened('alert-reopened', 'step-run');
    expect(after).toMatchObject({ status: 'open', track: 'page', cleared: null });
    expect(pages).toMatchObject([{ purpose: 'alert' }]);
  });

  it('closes by itself where nothing forbids it', () => {
    const { after } = given(OPENED).when(withdrawn, later(120)).thenHappened('violation-withdrawn');
    expect(after).toMatchObject({ status: 'closed', closed: { by: null } });
  });
});
