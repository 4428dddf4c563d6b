import { describe, expect, it } from 'vitest';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import {
  acknowledge,
  close,
  contact,
  dutyRota,
  later,
  MANAGER,
  OFFICER,
  opening,
  policy,
  roster,
  sms,
  T,
  tick,
  violation,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, given, OPENED } from '#test/support/given-alert.ts';

const NOBODY_ACTED = { by: null, at: null };

describe('given no alert', () => {
  it('opens one with its first page when a violation opens', () => {
    const { after, pages } = given()
      .when(violationOpens(), T)
      .thenHappened('alert-opened', 'step-run');
    expect(after).toMatchObject({
      alertId: alertIdOf(violation().violationId),
      status: 'open',
      epoch: 1,
      sequence: 1,
      step: 1,
      nextDueAt: later(300),
      told: [sms('officer')],
    });
    expect(pages).toMatchObject([{ purpose: 'alert', sequence: 1, epoch: 1, createdAt: T }]);
  });

  it('waits out the delay of a first step that has one', () => {
    const steps = [{ delaySeconds: 120, targets: [{ kind: 'responsible-officer' }] }];
    const command = violationOpens({}, { policy: policy({ steps }) });
    const { after } = given().when(command, T).thenHappened('alert-opened');
    expect(after).toMatchObject({ nextDueAt: later(120), told: [] });
  });

  it('opens none for a violation that has been withdrawn by then', () => {
    const command = violationChanges({ status: 'withdrawn' });
    given().when(command, T).thenNothingHappened('violation-over-before-alert');
  });

  it('reviews old news quietly: by e-mail where there is one, again each day', () => {
    const reached = roster({ contacts: [contact('officer', { topicArn: 'arn:topic' })] });
    const command = violationOpens({ isOldNews: true, status: 'ended', endedAt: later(-3_000) });
    const { after, pages } = given()
      .when(command, T, reached)
      .thenHappened('alert-opened', 'step-run');
    expect(after).toMatchObject({ track: 'review', nextDueAt: later(86_400) });
    expect(pages).toMatchObject([{ purpose: 'review', recipient: { channel: 'email' } }]);
  });

  it('reviews what an officer should only know of, and tells no police', () => {
    const reached = roster({ contacts: [contact('officer', { topicArn: 'arn:topic' })] });
    const command = violationOpens({ reason: 'check-late' });
    const { after, pages } = given()
      .when(command, T, reached)
      .thenHappened('alert-opened', 'step-run');
    expect(after).toMatchObject({ track: 'review', nextDueAt: later(86_400) });
    expect(pages).toMatchObject([{ purpose: 'review', recipient: { channel: 'email' } }]);
  });

  it('reviews old news by text message where the officer has no e-mail', () => {
    const command = violationOpens({ isOldNews: true });
    given().when(command, T).thenPages(['review', 'officer']);
  });

  it.each([tick(1), acknowledge('officer'), close('officer', 1)])(
    'refuses $type, naming nobody',
    (command) => {
      given()
        .when(command, T)
        .thenRefused({ code: 'alert-unknown', ...NOBODY_ACTED });
    },
  );
});

describe('I1: one violation has one alert (linkedin/iris#422)', () => {
  it('does nothing when the same violation comes again', () => {
    given(OPENED).when(violationOpens(), later(5)).thenNothingHappened('violation-known');
  });

  it('gives the same id whenever the violation is heard of', () => {
    const first = alertAfter(OPENED);
    const second = alertAfter({ ...OPENED, now: later(900) });
    expect(second?.alertId).toBe(first?.alertId);
  });
});

describe('I3: closed is final', () => {
  const CLOSED = [OPENED, { command: close('officer', 1), now: later(60) }];
  const acted = { by: OFFICER, at: later(60) };

  it('refuses to acknowledge, and says who closed it and when', () => {
    given(...CLOSED)
      .when(acknowledge('manager'), later(70))
      .thenRefused({ code: 'already-closed', ...acted });
  });

  it('refuses to close again', () => {
    given(...CLOSED)
      .when(close('manager', 2), later(70))
      .thenRefused({ code: 'already-closed', ...acted });
  });

  it('runs no step any more', () => {
    given(...CLOSED)
      .when(tick(2), later(5_000))
      .thenNothingHappened('stale-tick');
  });

  it('is closed by a change of orders that lifts its violation, and says what changed', () => {
    const lifted = { status: 'ended', endedAt: later(30), endReason: 'zone-moved' } as const;
    const fallen = given(OPENED).when(violationChanges(lifted), later(30));
    const { after } = fallen.thenHappened('violation-ended', 'alert-fell');
    const closed = { by: null, disposition: 'supervision-change', reason: 'zone-moved' };
    expect(after).toMatchObject({ status: 'closed', nextDueAt: null, closed });
  });

  it('stays closed when the violation ends or is withdrawn, and notes it', () => {
    const ended = violationChanges({ status: 'ended', endedAt: later(30) });
    const withdrawn = violationChanges({ status: 'withdrawn' });
    const after = given(...CLOSED)
      .when(ended, later(70))
      .thenHappened('violation-ended');
    expect(after.after).toMatchObject({ status: 'closed', nextDueAt: null });
    const noted = given(...CLOSED)
      .when(withdrawn, later(70))
      .thenHappened('violation-amended');
    expect(noted.after).toMatchObject({ status: 'closed', closed: { by: OFFICER } });
    expect([...after.pages, ...noted.pages]).toEqual([]);
  });
});

describe('I4: what a person does is held against what they saw', () => {
  it('refuses to close what has changed since', () => {
    given(OPENED, { command: tick(1), now: later(300) })
      .when(close('officer', 1), later(301))
      .thenRefused({ code: 'stale-epoch', by: null, at: later(300) });
  });

  it('says who acknowledged it in between', () => {
    given(OPENED, { command: acknowledge('manager'), now: later(10) })
      .when(close('officer', 1), later(20))
      .thenRefused({ code: 'stale-epoch', by: MANAGER, at: later(10) });
  });

  it('takes an acknowledgement although a later step has run', () => {
    const { after } = given(OPENED, { command: tick(1), now: later(300) })
      .when(acknowledge('officer'), later(301))
      .thenHappened('alert-acknowledged');
    expect(after).toMatchObject({ status: 'acknowledged', acknowledgements: [{ by: OFFICER }] });
  });

  it('refuses a second person, and says who was first', () => {
    given(OPENED, { command: acknowledge('officer'), now: later(10) })
      .when(acknowledge('manager'), later(20))
      .thenRefused({ code: 'already-acknowledged', by: OFFICER, at: later(10) });
  });

  it('does nothing when the same person acknowledges twice', () => {
    given(OPENED, { command: acknowledge('officer'), now: later(10) })
      .when(acknowledge('officer'), later(20))
      .thenNothingHappened('already-acknowledged-by-you');
  });
});

describe('I5: an alert that is not closed waits for something', () => {
  it.each([
    ['open', [OPENED]],
    ['acknowledged', [OPENED, { command: acknowledge('officer'), now: later(10) }]],
  ])('is due when %s', (status, steps) => {
    expect(alertAfter(...steps)).toMatchObject({ status, nextDueAt: expect.any(Number) });
  });

  it.each([
    ['a person', [OPENED, { command: close('officer', 1), now: later(10) }]],
    ['withdrawal', [OPENED, { command: violationChanges({ status: 'withdrawn' }), now: T }]],
  ])('waits for nothing when closed by %s', (_, steps) => {
    expect(alertAfter(...steps)).toMatchObject({ status: 'closed', nextDueAt: null });
  });
});

describe('I7: a step runs once', () => {
  it('ignores a second timer of the same step', () => {
    given(OPENED, { command: tick(1), now: later(300) })
      .when(tick(1), later(300))
      .thenNothingHappened('stale-tick');
  });

  it('ignores a timer armed before the alert changed', () => {
    given(OPENED, { command: acknowledge('officer'), now: later(10) })
      .when(tick(1), later(300))
      .thenNothingHappened('stale-tick');
  });
});

describe('I8: a timer is a hint', () => {
  it('changes nothing when it fires early', () => {
    given(OPENED).when(tick(1), later(299)).thenNothingHappened('early-tick');
  });

  it('fires at once when it is late, and counts the next from when it was due', () => {
    const { after } = given(OPENED).when(tick(1), later(320)).thenHappened('step-run');
    expect(after.nextDueAt).toBe(later(600));
  });

  it('keeps a minute between steps after an outage of an hour', () => {
    const { after } = given(OPENED).when(tick(1), later(3_600)).thenHappened('step-run');
    expect(after.nextDueAt).toBe(later(3_660));
  });
});

describe('I9: an acknowledgement stops paging', () => {
  const TAKEN = [OPENED, { command: acknowledge('officer'), now: later(60) }];

  it('pages nobody by itself', () => {
    expect(given(OPENED).when(acknowledge('officer'), later(60)).thenPages().pages).toEqual([]);
  });

  it('pages nobody while it lasts', () => {
    given(...TAKEN)
      .when(tick(2), later(14_459))
      .thenNothingHappened('early-tick');
  });

  it('pages nobody when the violation is amended or ends meanwhile', () => {
    const amended = violationChanges({ openedAt: later(-700) });
    const ended = violationChanges({ status: 'ended', endedAt: later(90) });
    given(...TAKEN)
      .when(amended, later(90))
      .thenPages();
    given(...TAKEN)
      .when(ended, later(90))
      .thenPages();
  });
});

describe('I11: an acknowledgement expires', () => {
  it('runs the step that was current again, under the same alert', () => {
    const taken = [OPENED, { command: acknowledge('officer'), now: later(60) }];
    const { before, after, pages } = given(...taken)
      .when(tick(2), later(14_460))
      .thenHappened('acknowledgement-ended', 'step-run');
    expect(after).toMatchObject({ status: 'open', acknowledgements: [], step: 1 });
    expect(after.alertId).toBe(before?.alertId);
    expect(pages).toMatchObject([{ step: 0, loop: 1, recipient: sms('officer') }]);
  });

  it('may be acknowledged again by somebody else', () => {
    given(
      OPENED,
      { command: acknowledge('officer'), now: later(60) },
      { command: tick(2), now: later(14_460) },
    )
      .when(acknowledge('manager'), later(14_470))
      .thenHappened('alert-acknowledged');
  });
});

describe('I16: the policy is that of when the alert opened (prometheus/alertmanager#4705)', () => {
  it('goes on by it when the violation comes with an edited one', () => {
    const edited = opening({ policy: policy({ steps: policy().steps.slice(0, 1) }) });
    const command = violationChanges({ status: 'ended', endedAt: later(20) }, edited);
    const { after } = given(OPENED).when(command, later(30)).thenHappened('violation-ended');
    expect(after.policy).toEqual(policy());
  });

  it('pages whoever is on call when the step runs, not when the alert opened', () => {
    const shift = { personId: 'manager', startsAt: '2026-03-02T20:04:00Z' };
    const shifts = [{ ...shift, endsAt: '2026-03-03T06:00:00Z' }];
    const edited = roster({ rotas: [dutyRota({ shifts })] });
    given(OPENED).when(tick(1), later(300), edited).thenPages(['alert', 'manager']);
  });
});

describe('when a graver violation goes on from it', () => {
  const graver = violationChanges({ status: 'ended', endReason: 'became-graver', revision: 2 });

  it('closes the alert by itself and tells nobody again', () => {
    const { after } = given(OPENED, { command: tick(1), now: later(300) })
      .when(graver, later(400))
      .thenPages();
    expect(after.closed).toMatchObject({ by: null, disposition: 'became-graver' });
    expect(after.nextDueAt).toBeNull();
  });

  it('opens it again where the graver one turns out never to have been', () => {
    const still = violationChanges({ status: 'open', endReason: null, revision: 3 });
    const { after } = given(OPENED, { command: graver, now: later(400) })
      .when(still, later(500))
      .thenHappened('alert-reopened', 'step-run');
    expect(after.status).toBe('open');
  });
});

describe('when the violation turns out wrong', () => {
  const TOLD_ALL = [
    OPENED,
    { command: tick(1), now: later(300) },
    { command: tick(2), now: later(600) },
  ];

  it('closes the alert and stands down everybody who was told', () => {
    const command = violationChanges({ status: 'withdrawn' });
    const { after } = given(...TOLD_ALL)
      .when(command, later(700))
      .thenPages(['stand-down', 'officer'], ['stand-down', 'on-call'], ['stand-down', 'met']);
    expect(after.closed).toMatchObject({ by: null, disposition: 'withdrawn' });
  });

  it('stands nobody down twice', () => {
    const command = violationChanges({ status: 'withdrawn' });
    given(...TOLD_ALL, { command, now: later(700) })
      .when(command, later(800))
      .thenNothingHappened('violation-known');
  });
});

describe('when a withdrawn violation is found again after all', () => {
  const WITHDRAWN = [
    OPENED,
    { command: violationChanges({ status: 'withdrawn' }), now: later(60) },
  ];
  const again = violationChanges({ revision: 3 });

  it('begins again from the first step, under the same alert', () => {
    const { before, after, pages } = given(...WITHDRAWN)
      .when(again, later(120))
      .thenHappened('alert-reopened', 'step-run');
    expect(after).toMatchObject({ status: 'open', closed: null, step: 1, nextDueAt: later(420) });
    expect(after.alertId).toBe(before?.alertId);
    expect(pages).toMatchObject([{ purpose: 'alert', recipient: sms('officer') }]);
  });

  it.each([
    ['within five minutes', {}, 300],
    ['within a minute where safety hangs on it', { rule: 'tamper', reason: 'strap-open' }, 60],
  ])('calls nobody a third time %s, unless it stands', (_, found, seconds) => {
    const shown = (revision: number) => violationChanges({ ...found, revision, status: 'open' });
    const gone = (revision: number) =>
      violationChanges({ ...found, revision, status: 'withdrawn' });
    const turns = [gone(2), shown(3), gone(4), shown(5), gone(6)].map((command, i) => ({
      ...{ command, now: later(10 + 10 * i) },
    }));
    const opened = { command: violationOpens(found), now: T };
    const { after, pages } = given(opened, ...turns)
      .when(shown(7), later(100))
      .thenHappened('alert-reopened');
    expect(pages).toEqual([]);
    expect(after).toMatchObject({ status: 'open', nextDueAt: later(100 + seconds) });
    const unsteady = given(opened, ...turns, { command: shown(7), now: later(100) });
    expect(unsteady.when(gone(8), later(110)).thenHappened('violation-withdrawn').pages).toEqual(
      [],
    );
    const stood = given(opened, ...turns, { command: shown(7), now: later(100) });
    expect(stood.when(tick(7), later(100 + seconds)).thenHappened('step-run').pages).toMatchObject([
      { purpose: 'alert', recipient: sms('officer') },
    ]);
  });

  it('calls at once again when it has been steady for an hour', () => {
    const turns = [2, 3, 4, 5, 6].map((revision, i) => ({
      command: violationChanges({ revision, status: revision % 2 ? 'open' : 'withdrawn' }),
      now: later(10 + 10 * i),
    }));
    const { pages } = given(OPENED, ...turns)
      .when(violationChanges({ revision: 7 }), later(4_000))
      .thenHappened('alert-reopened', 'step-run');
    expect(pages).toMatchObject([{ purpose: 'alert' }]);
  });

  it('goes through its repeats again too, before the last resort', () => {
    const reopened = [...WITHDRAWN, { command: again, now: later(120) }];
    const { after } = given(...reopened, { command: tick(3), now: later(420) })
      .when(tick(4), later(720))
      .thenHappened('step-run');
    expect(after).toMatchObject({ step: 0, loop: 2, firstLoop: 1 });
  });

  it('tells the police again, who had been told to stand down', () => {
    const told = [
      OPENED,
      { command: tick(1), now: later(300) },
      { command: tick(2), now: later(600) },
      { command: violationChanges({ status: 'withdrawn' }), now: later(700) },
      { command: again, now: later(800) },
      { command: tick(5), now: later(1_100) },
    ];
    given(...told)
      .when(tick(6), later(1_400))
      .thenPages(['alert', 'met']);
  });

  it('stays closed where a person had closed it', () => {
    const closed = [OPENED, { command: close('officer', 1), now: later(60) }];
    const { after } = given(...closed)
      .when(again, later(70))
      .thenHappened('violation-amended');
    expect(after.status).toBe('closed');
  });
});

describe('when a person closes it', () => {
  it('tells the police force that was told of it, and nobody else', () => {
    given(OPENED, { command: tick(1), now: later(300) }, { command: tick(2), now: later(600) })
      .when(close('officer', 3), later(700))
      .thenPages(['closed', 'met']);
  });

  it('tells nobody where no force was told', () => {
    given(OPENED).when(close('officer', 1), later(10)).thenPages();
  });

  it('keeps the disposition and the reason', () => {
    const { after } = given(OPENED)
      .when(close('officer', 1), later(10))
      .thenHappened('alert-closed');
    expect(after.closed).toEqual({
      by: OFFICER,
      at: later(10),
      disposition: 'no-action-explained',
      reason: 'seen at home',
    });
  });
});

describe('when the violation ends by itself', () => {
  it('stays open until a person has closed it, and says on every later page that it ended', () => {
    const ended = violationChanges({ status: 'ended', endedAt: later(100) });
    const { after, pages } = given(OPENED, { command: ended, now: later(120) })
      .when(tick(2), later(300))
      .thenHappened('step-run');
    expect(after.status).toBe('open');
    expect(pages[0]?.facts.violation.endedAt).toBe(later(100));
    expect(pages[0]?.recipient).toEqual(sms('on-call'));
  });
});
