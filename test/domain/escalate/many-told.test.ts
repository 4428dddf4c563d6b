import { describe, expect, it } from 'vitest';
import { recipientKey } from '#domain/model/recipient.ts';
import {
  contact,
  later,
  opening,
  policy,
  roster,
  T,
  tick,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, courseOf, type Step } from '#test/support/given-alert.ts';

/** DynamoDB takes so many items in one transaction. */
const MOST_IN_TRANSACTION = 100;
/** Besides pages: the alert, its events, what its wearer's others know, an answer and its code. */
const BESIDE = 4;

const names = (count: number, of: string): string[] =>
  Array.from({ length: count }, (_, i) => `${of}-${i}`);
const five = (id: string) => {
  const { personId } = contact(id);
  const told = [
    { channel: 'sms', personId, mobile: '+447700900001' },
    { channel: 'voice', personId, phone: '+442079460001' },
    { channel: 'email', personId, topicArn: `arn:aws:sns:eu-west-2:1:${id}` },
    { channel: 'push', personId, endpointArn: `arn:aws:sns:eu-west-2:1:endpoint/GCM/a/${id}` },
    { channel: 'webhook', personId, url: `https://${id}.example` },
  ] as const;
  return contact(id, { channels: told.map((recipient) => ({ recipient, afterSeconds: 0 })) });
};
const people = names(20, 'p').map((personId) => ({ kind: 'person', personId }));
const crowded = policy({
  steps: [
    { delaySeconds: 0, targets: people },
    { delaySeconds: 300, targets: [] },
  ],
});
const all = roster({ contacts: [...names(20, 'p').map(five), five('manager')] });
const opens: Step = {
  command: violationOpens({}, opening({ policy: crowded })),
  now: T,
  roster: all,
};
const ticks = (count: number): Step[] =>
  Array.from({ length: count }, (_, i) => ({ command: tick(i + 1), now: T, roster: all }));

describe('a step that comes to more people and channels than one transaction holds', () => {
  it('tells all of them, some at once and the rest in the next transitions, each once', () => {
    const { pages, alert } = courseOf(opens, ...ticks(3));
    const keys = pages.map(({ recipient }) => recipientKey(recipient));
    expect(keys).toHaveLength(100);
    expect(new Set(keys).size).toBe(100);
    expect(alert).toMatchObject({ later: [], nextDueAt: later(300), step: 1 });
  });

  it('never asks for more than a transaction holds, and is due until everybody is told', () => {
    const steps = [opens, ...ticks(3)];
    for (const [i] of steps.entries()) {
      const { pages, events, alert } = courseOf(...steps.slice(0, i + 1));
      const before = i === 0 ? 0 : courseOf(...steps.slice(0, i)).pages.length;
      expect(pages.length - before + events.length + BESIDE).toBeLessThan(MOST_IN_TRANSACTION);
      expect(alert.nextDueAt).toBe(i < 3 ? T : later(300));
    }
  });

  it('goes on with the rest before the next step, also where that is due by then', () => {
    const late: Step = { command: tick(1), now: later(400), roster: all };
    const { alert } = courseOf(opens, late);
    expect(alert.ran).toEqual({ step: 0, loop: 0 });
    expect(alert.nextDueAt).toBe(T);
  });
});

describe('an alert of which more have been told than one transaction stands down', () => {
  const withdrawn: Step = { command: violationChanges({ status: 'withdrawn' }), now: later(60) };

  it('stands everybody down, each on one channel', () => {
    const before = courseOf(opens, ...ticks(3)).pages.length;
    const { pages, alert } = courseOf(opens, ...ticks(3), withdrawn);
    const stoodDown = pages.slice(before);
    expect(stoodDown.map(({ purpose }) => purpose)).toEqual(Array(20).fill('stand-down'));
    expect(new Set(stoodDown.map(({ recipient }) => recipientKey(recipient))).size).toBe(20);
    expect(alert.status).toBe('closed');
  });

  it('stands down on every channel where all of that fits', () => {
    const open = {
      command: violationOpens(),
      now: T,
      roster: roster({ contacts: [five('officer')] }),
    };
    expect(alertAfter(open, withdrawn)?.sequence).toBe(10);
  });
});
