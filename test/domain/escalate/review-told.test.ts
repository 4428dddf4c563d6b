import { describe, expect, it } from 'vitest';
import type { Recipient } from '#domain/model/recipient.ts';
import {
  acknowledge,
  contact,
  later,
  OFFICER,
  opening,
  roster,
  sms,
  T,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { courseOf, given, type Step } from '#test/support/given-alert.ts';

const DAY = 86_400;
const email: Recipient = { channel: 'email', personId: OFFICER, topicArn: 'arn:officer' };
const withEmail = roster({ contacts: [contact('officer', { topicArn: 'arn:officer' })] });
const nobodyLeft = roster({ contacts: [contact('on-call'), contact('manager')] });
const oldNews = (reached = withEmail): Step => ({
  ...{ command: violationOpens({ isOldNews: true }), now: T, roster: reached },
});
const failed = (recipient: Recipient) =>
  ({ type: 'page-failed', recipient, step: 0, loop: 0 }) as const;

describe('what is told quietly, where its officer cannot be', () => {
  it('comes to the duty manager where nobody of that name is on record', () => {
    const { pages, events } = courseOf(oldNews(nobodyLeft));
    expect(pages).toMatchObject([{ purpose: 'review', recipient: { channel: 'duty-manager' } }]);
    expect(events).toMatchObject([
      { type: 'alert-opened' },
      { type: 'step-run', unreached: [{ id: 'officer', reason: 'person-unknown' }] },
    ]);
  });

  it('also what was taken back and still has to be looked at by a person', () => {
    const told: Step = { command: violationOpens({}, opening({ isReviewed: true })), now: T };
    const cleared: Step = {
      ...{ command: violationChanges({ status: 'withdrawn' }), now: later(60) },
    };
    given(told, cleared)
      .when({ type: 'tick', epoch: 2 }, later(60 + DAY), nobodyLeft)
      .thenPages(['review', 'duty-manager']);
  });
});

describe('what is told quietly, and somebody takes in hand', () => {
  const taken: Step = { command: acknowledge('officer'), now: later(60) };

  it('is left alone for a day, however short the acknowledgements of its policy are', () => {
    const { after } = given(oldNews())
      .when(taken.command, taken.now, withEmail)
      .thenHappened('alert-acknowledged');
    expect(after).toMatchObject({ status: 'acknowledged', nextDueAt: later(60 + DAY) });
    given(oldNews(), taken)
      .when({ type: 'tick', epoch: 2 }, later(60 + DAY), withEmail)
      .thenHappened('acknowledgement-ended', 'step-run');
  });
});

describe('what is told quietly, where its page can never be delivered', () => {
  const failsOnce: Step = { command: failed(email), now: later(5), roster: withEmail };
  const failsTwice: Step = { command: failed(sms('officer')), now: later(6), roster: withEmail };

  it('comes to the officer on another channel first', () => {
    given(oldNews()).when(failed(email), later(5), withEmail).thenPages(['review', 'officer']);
  });

  it('comes to the duty manager then, and to the officer again the next day only', () => {
    const { after, pages } = given(oldNews(), failsOnce)
      .when(failed(sms('officer')), later(6), withEmail)
      .thenHappened('channel-failed');
    expect(pages).toMatchObject([{ purpose: 'review', recipient: { channel: 'duty-manager' } }]);
    expect(after.nextDueAt).toBe(later(DAY));
  });

  it('never calls for itself: nothing follows where the duty manager is not reached either', () => {
    const { pages, after } = given(oldNews(), failsOnce, failsTwice)
      .when(failed({ channel: 'duty-manager' }), later(7), withEmail)
      .thenHappened('channel-failed');
    expect(pages).toEqual([]);
    expect(after.nextDueAt).toBe(later(DAY));
  });
});
