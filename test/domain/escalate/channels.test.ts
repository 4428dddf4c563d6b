import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import type { ContactChannel } from '#domain/escalate/roster.ts';
import type { Recipient } from '#domain/model/recipient.ts';
import {
  acknowledge,
  contact,
  later,
  OFFICER,
  opening,
  policy,
  roster,
  sms,
  T,
  tick,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, given, type Step } from '#test/support/given-alert.ts';

const voice = (afterSeconds: number | null): ContactChannel => ({
  recipient: { channel: 'voice', personId: OFFICER, phone: '+442079460001' },
  afterSeconds,
});
const { channels } = contact('officer');
const reached = (...more: ContactChannel[]) =>
  roster({
    contacts: [
      contact('officer', { channels: [...channels, ...more] }),
      contact('on-call'),
      contact('manager'),
    ],
  });

const opens = (...more: ContactChannel[]): Step => ({
  command: violationOpens(),
  now: T,
  roster: reached(...more),
});
const failed = (recipient: Recipient, step = 0): AlertCommand => ({
  ...{ type: 'page-failed', recipient, step, loop: 0 },
});

describe('a person is told on their channels, by rules of their own', () => {
  it('on a further one when its time has come, and nobody has taken the alert', () => {
    const { after, pages } = given(opens(voice(120)))
      .when(tick(1), later(120), reached(voice(120)))
      .thenHappened('further-channels-tried');
    expect(pages).toMatchObject([{ step: 0, loop: 0, recipient: { channel: 'voice' } }]);
    expect(after).toMatchObject({ nextDueAt: later(300), later: [] });
  });

  it('also where the next step has gone on meanwhile', () => {
    const { pages } = given(opens(voice(400)), { command: tick(1), now: later(300) })
      .when(tick(2), later(400))
      .thenHappened('further-channels-tried');
    expect(pages).toMatchObject([{ step: 0, recipient: { channel: 'voice' } }]);
  });

  it('stands down once, where their call of two steps came due at the same moment', () => {
    const twice = policy({
      steps: [0, 60].map((delaySeconds) => ({
        delaySeconds,
        targets: [{ kind: 'responsible-officer' }],
      })),
    });
    const calledTwice: Step[] = [
      {
        command: violationOpens({}, opening({ policy: twice })),
        now: T,
        roster: reached(voice(120)),
      },
      { command: tick(1), now: later(60), roster: reached(voice(120)) },
      { command: tick(2), now: later(180), roster: reached(voice(120)) },
    ];
    const { pages } = given(...calledTwice)
      .when(violationChanges({ status: 'withdrawn' }), later(200))
      .thenHappened('violation-withdrawn');
    expect(pages.map(({ recipient }) => recipient.channel)).toEqual(['sms', 'voice']);
  });

  it('on no further one once somebody has taken it', () => {
    const taken = alertAfter(opens(voice(120)), {
      command: acknowledge('manager'),
      now: later(10),
    });
    expect(taken.later).toEqual([]);
  });

  it('at once on the first, where all of them are to wait', () => {
    const waiting = roster({ contacts: [contact('officer', { channels: [voice(null)] })] });
    const alert = alertAfter({ command: violationOpens(), now: T, roster: waiting });
    expect(alert.told).toMatchObject([{ channel: 'voice' }]);
  });
});

describe('a page that has not been delivered for minutes, and may be yet', () => {
  const late = { type: 'page-late', recipient: sms('officer'), step: 0, loop: 0 } as const;

  it("brings the person's next channel in besides, and leaves the next step its time", () => {
    const { after, pages } = given(opens(voice(null)))
      .when(late, later(140))
      .thenHappened('further-channels-tried');
    expect(pages).toMatchObject([{ step: 0, loop: 0, recipient: { channel: 'voice' } }]);
    expect(after).toMatchObject({ nextDueAt: later(300) });
  });

  it('changes nothing where they have no other, nor a second time', () => {
    given(opens()).when(late, later(140)).thenNothingHappened('failure-known');
    given(opens(voice(null)), { command: late, now: later(140) })
      .when(late, later(200))
      .thenNothingHappened('failure-known');
  });

  it('calls nobody else where it fails for good afterwards', () => {
    const { after, pages } = given(opens(voice(null)), { command: late, now: later(140) })
      .when(failed(sms('officer')), later(200))
      .thenHappened('channel-failed');
    expect(pages).toEqual([]);
    expect(after).toMatchObject({ nextDueAt: later(300) });
  });
});

describe('I20: a page that can never be delivered', () => {
  it("moves on to the person's next channel within the step", () => {
    const { after, pages } = given(opens(voice(null)))
      .when(failed(sms('officer')), later(5))
      .thenHappened('channel-failed');
    expect(pages).toMatchObject([{ step: 0, loop: 0, recipient: { channel: 'voice' } }]);
    expect(after).toMatchObject({ nextDueAt: later(300) });
  });

  it('runs the next step at once, where nobody of this one is left', () => {
    const { pages } = given(opens())
      .when(failed(sms('officer')), later(5))
      .thenHappened('channel-failed', 'step-run');
    expect(pages).toMatchObject([{ step: 1, recipient: sms('on-call') }]);
  });

  it('changes nothing the second time, nor after the policy has gone on', () => {
    const once = { command: failed(sms('officer')), now: later(5) };
    given(opens(voice(null)), once)
      .when(failed(sms('officer')), later(6))
      .thenNothingHappened('failure-known');
    given(opens(), { command: tick(1), now: later(300) })
      .when(failed(sms('officer')), later(301))
      .thenNothingHappened('failure-known');
  });

  it('of the last resort comes to the duty manager, and does not call for itself again', () => {
    const only = policy({ steps: [{ delaySeconds: 0, targets: [] }], repeat: 0 });
    const opened = { command: violationOpens({}, opening({ policy: only })), now: T };
    const last = { ...failed(sms('manager'), 1), loop: 1 };
    const { after, pages } = given(opened).when(last, later(5)).thenHappened('channel-failed');
    expect(pages).toMatchObject([{ recipient: { channel: 'duty-manager' } }]);
    expect(after.nextDueAt).toBe(alertAfter(opened)?.nextDueAt);
    const again = { ...last, recipient: { channel: 'duty-manager' } } as const;
    const failsToo = given(opened, { command: last, now: later(5) }).when(again, later(6));
    expect(failsToo.thenHappened('channel-failed').pages).toEqual([]);
  });
});
