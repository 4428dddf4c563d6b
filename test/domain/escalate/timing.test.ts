import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import { decide } from '#domain/escalate/decide.ts';
import type { ContactChannel } from '#domain/escalate/roster.ts';
import { transition } from '#domain/escalate/transition.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import { type Instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import type { Policy } from '#domain/model/person.ts';
import {
  contact,
  later,
  OFFICER,
  opening,
  policy,
  roster,
  T,
  violationOpens,
} from '#test/support/alerts.ts';

const call = (afterSeconds: number): ContactChannel => ({
  recipient: { channel: 'voice', personId: OFFICER, phone: '+442079460001' },
  afterSeconds,
});

/** The officer by text at once and by a call after a while; then on-call, manager, last resort. */
const steps = fc.array(fc.integer({ min: 30, max: 3_600 }), { minLength: 1, maxLength: 4 });
const WHO = ['officer', 'on-call', 'manager'] as const;

const policyOf = (delays: readonly number[]): Policy =>
  policy({
    steps: [0, ...delays].map((delaySeconds, i) => ({
      delaySeconds,
      targets: [{ kind: 'person', personId: WHO[i % 3] }],
    })),
    repeat: 0,
  });

/** Everything that goes out, with each timer late by so many seconds. */
type Life = Readonly<{ callAfter: number; lateBy: readonly number[] }>;
/** The longest ladder takes four hours, and as much longer as its timers are late. */
const UNTIL = later(5 * 3_600);

const pagesOf = (ladder: Policy, { callAfter, lateBy }: Life): Page[] => {
  const { channels } = contact('officer');
  const officer = contact('officer', { channels: [...channels, call(callAfter)] });
  const reached = roster({ contacts: [officer, contact('on-call'), contact('manager')] });
  const pages: Page[] = [];
  let alert: Alert | null = null;
  let command: AlertCommand = violationOpens({}, opening({ policy: ladder }));
  let now: Instant = T;
  for (let n = 0; now <= UNTIL; n += 1) {
    const decision = decide(alert, command, { now, roster: reached });
    if (decision.outcome !== 'happened') throw new Error(`nothing happened at ${now}`);
    const change = transition(alert, decision.events);
    if (change?.after.nextDueAt === null || change === null) throw new Error('nothing is due');
    pages.push(...change.pages);
    alert = change.after;
    command = { type: 'tick', epoch: alert.epoch };
    now = secondsAfter(change.after.nextDueAt ?? now, lateBy[n % lateBy.length] ?? 0);
  }
  return pages;
};

const secondsOf = (pages: readonly Page[], isOf: (page: Page) => boolean): number[] =>
  pages.filter(isOf).map(({ createdAt }) => secondsBetween(T, createdAt));

describe('when each page goes out', () => {
  it("keeps to everybody's waits, whatever the next steps do (grafana/oncall#1931, #934)", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 3_600 }), (delays, callAfter) => {
        const pages = pagesOf(policyOf(delays), { callAfter, lateBy: [0] });
        delays.reduce((dueSeconds, delay, i) => {
          const at = secondsOf(
            pages,
            ({ step, recipient }) => step === i + 1 && recipient.channel === 'sms',
          );
          expect(at[0]).toBe(dueSeconds + delay);
          return dueSeconds + delay;
        }, 0);
        const calls = secondsOf(
          pages,
          ({ step, recipient }) => step === 0 && recipient.channel === 'voice',
        );
        expect(calls).toEqual([callAfter]);
      }),
      { numRuns: 200 },
    );
  });

  it('never comes early, and drifts by no more than the last timer was late', () => {
    const lateness = fc.array(fc.nat({ max: 900 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(steps, lateness, (delays, lateBy) => {
        const worst = Math.max(...lateBy);
        const pages = pagesOf(policyOf(delays), { callAfter: 3_600, lateBy });
        const runs = delays.map((_, i) => secondsOf(pages, ({ step }) => step === i + 1)[0] ?? NaN);
        let due = 0;
        let before = 0;
        for (const [i, delay] of delays.entries()) {
          due = Math.max(due + delay, before + Math.min(delay, 60));
          const at = runs[i] ?? Number.NaN;
          expect(at).toBeGreaterThanOrEqual(due);
          expect(at).toBeLessThanOrEqual(due + worst + worst);
          before = at;
        }
      }),
      { numRuns: 200 },
    );
  });
});
