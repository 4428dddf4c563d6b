import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '#domain/escalate/decide.ts';
import type { ContactChannel } from '#domain/escalate/roster.ts';
import { transition } from '#domain/escalate/transition.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { suppress } from '#domain/notify/suppress.ts';
import {
  acknowledge,
  contact,
  OFFICER,
  policy,
  roster,
  T,
  tick,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter } from '#test/support/given-alert.ts';

const ACKNOWLEDGED_FOR_SECONDS = 3_600;

const voice: ContactChannel = {
  recipient: { channel: 'voice', personId: OFFICER, phone: '+442079460001' },
  afterSeconds: 400,
};
const [text] = contact('officer').channels;
const everybody = roster({
  contacts: [
    contact('officer', { channels: [...(text === undefined ? [] : [text]), voice] }),
    contact('on-call'),
    contact('manager'),
  ],
});

const opens = violationOpens(
  {},
  { policy: policy({ acknowledgementSeconds: ACKNOWLEDGED_FOR_SECONDS }) },
);

/** The alert after its clock has been let run for so long, and all that was paged. */
const runFor = (alert: Alert, from: Instant, seconds: number) => {
  const pages: Page[] = [];
  let standing = alert;
  const until = secondsAfter(from, seconds);
  while (standing.nextDueAt !== null && standing.nextDueAt <= until) {
    const now = standing.nextDueAt;
    const decision = decide(standing, tick(standing.epoch), { now, roster: everybody });
    if (decision.outcome !== 'happened') throw new Error(`a due tick did ${decision.outcome}`);
    const change = transition(standing, decision.events);
    if (change === null) throw new Error('a due tick changed nothing');
    standing = change.after;
    pages.push(...change.pages);
  }
  return { alert: standing, pages };
};

const opened = (): Alert => alertAfter({ command: opens, now: T, roster: everybody });

const take = (alert: Alert, now: Instant): Alert => {
  const decision = decide(alert, acknowledge('manager'), { now, roster: everybody });
  if (decision.outcome !== 'happened') throw new Error(`taking it was ${decision.outcome}`);
  const change = transition(alert, decision.events);
  if (change === null) throw new Error('taking it changed nothing');
  expect(change.pages).toEqual([]);
  return change.after;
};

const secondsOpen = fc.integer({ min: 0, max: 7_200 });

describe('given an alert that somebody takes, whenever they do', () => {
  it('nobody is paged while they have it (grafana/oncall#4760, #4761, linkedin/iris#542)', () => {
    const then = fc.integer({ min: 0, max: ACKNOWLEDGED_FOR_SECONDS - 1 });
    fc.assert(
      fc.property(secondsOpen, then, (before, after) => {
        const now = secondsAfter(T, before);
        const taken = take(runFor(opened(), T, before).alert, now);
        const { alert, pages } = runFor(taken, now, after);
        expect(pages).toEqual([]);
        expect(alert.status).toBe('acknowledged');
      }),
    );
  });

  it('no page that was on its way leaves after that', () => {
    fc.assert(
      fc.property(secondsOpen, (before) => {
        const { alert, pages } = runFor(opened(), T, before);
        const taken = take(alert, secondsAfter(T, before));
        for (const page of pages) {
          const isForPolice = page.recipient.channel === 'liaison';
          const why = suppress(page, taken);
          expect(why).toBe(isForPolice ? null : 'acknowledged-meanwhile');
        }
      }),
    );
  });

  it('somebody is paged again the moment that they have it no more', () => {
    fc.assert(
      fc.property(secondsOpen, (before) => {
        const now = secondsAfter(T, before);
        const taken = take(runFor(opened(), T, before).alert, now);
        expect(runFor(taken, now, ACKNOWLEDGED_FOR_SECONDS).pages.length).toBeGreaterThan(0);
      }),
    );
  });
});
