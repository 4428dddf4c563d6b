import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import { decide } from '#domain/escalate/decide.ts';
import type { ContactChannel, Roster } from '#domain/escalate/roster.ts';
import { transition } from '#domain/escalate/transition.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import {
  contact,
  opening,
  person,
  policy,
  roster,
  T,
  violationOpens,
} from '#test/support/alerts.ts';

const PEOPLE = ['officer', 'on-call', 'manager', 'deputy'];
const MOST_PAGES = 500;

const whens = fc.constantFrom(0, 0, 120, null);
const channels = (id: string) => {
  const personId = person(id);
  return fc
    .record({ sms: whens, voice: whens, email: whens, has: fc.subarray([0, 1, 2]) })
    .map(({ sms, voice, email, has }): ContactChannel[] =>
      [
        {
          recipient: { channel: 'sms', personId, mobile: '+447700900001' } as const,
          afterSeconds: sms,
        },
        {
          recipient: { channel: 'voice', personId, phone: '+442079460001' } as const,
          afterSeconds: voice,
        },
        {
          recipient: { channel: 'email', personId, topicArn: `arn:${id}` } as const,
          afterSeconds: email,
        },
      ].filter((_, i) => has.includes(i)),
    );
};
const rosters = fc
  .tuple(fc.subarray(PEOPLE), ...PEOPLE.map(channels))
  .map(([known, ...each]): Roster => {
    const all = PEOPLE.map((id, i) => contact(id, { channels: each[i] ?? [] }));
    return roster({ contacts: all.filter(({ personId }) => known.includes(personId)) });
  });

const targets = fc.constantFrom(
  { kind: 'responsible-officer' },
  { kind: 'rota', rotaId: 'duty' },
  ...PEOPLE.map((personId) => ({ kind: 'person', personId })),
);
const policies = fc
  .record({
    steps: fc.array(
      fc.record({
        delaySeconds: fc.constant(300),
        targets: fc.array(targets, { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    repeat: fc.nat({ max: 2 }),
  })
  .map(({ steps: [first, ...rest], repeat }) =>
    policy({ repeat, steps: [{ targets: [], ...first, delaySeconds: 0 }, ...rest] }),
  );

/** Everybody who is told at the instant at which it opens, where no page ever arrives. */
const toldInVain = (opens: AlertCommand, reached: Roster): Page[] => {
  let alert: Alert | null = null;
  const pages: Page[] = [];
  const act = (command: AlertCommand): void => {
    const decision = decide(alert, command, { now: T, roster: reached });
    const change = decision.outcome === 'happened' ? transition(alert, decision.events) : null;
    if (change === null) return;
    alert = change.after;
    pages.push(...change.pages);
  };
  act(opens);
  for (let i = 0; i < pages.length && i < MOST_PAGES; i += 1) {
    const page = pages[i];
    if (page !== undefined) act({ type: 'page-failed', ...page });
  }
  return pages;
};

describe('where no page of an alert ever arrives', () => {
  it.each([
    ['an alert', false],
    ['what is told quietly', true],
  ])('%s comes to the duty manager at once, and calls for itself no more', (_, isOldNews) => {
    fc.assert(
      fc.property(policies, rosters, (plan, reached) => {
        const opens = violationOpens({ isOldNews }, opening({ policy: plan }));
        const pages = toldInVain(opens, reached);
        expect(pages.length).toBeLessThan(MOST_PAGES);
        const toManager = pages.filter(({ recipient }) => recipient.channel === 'duty-manager');
        expect(toManager).toHaveLength(1);
        expect(new Set(pages.map(({ pageId }) => pageId)).size).toBe(pages.length);
      }),
      { numRuns: 300 },
    );
  });
});
