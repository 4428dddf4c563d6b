import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import { breachTurn } from '#domain/escalate/courts.ts';
import {
  close,
  FORCE,
  later,
  person,
  police,
  roster,
  T,
  tick,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, courseOf, given, OPENED, type Step } from '#test/support/given-alert.ts';
import { liaisonId } from '#test/support/liaisons.ts';
import { nameOf } from '#test/support/pages.ts';

const CROWN = liaisonId('crown');
const WITH_COURT = roster({
  liaisons: [
    { liaisonId: FORCE, kind: 'police', whyNot: null },
    { liaisonId: CROWN, kind: 'court', whyNot: null },
  ],
});

const breach = (epoch: number): AlertCommand => ({
  ...{ type: 'close', by: person('officer'), epoch },
  ...{ disposition: 'breach-initiated', reason: 'seen in the park' },
});
const tell = (epoch: number, to = FORCE): AlertCommand => ({
  ...{ type: 'tell-liaison', by: person('manager'), epoch },
  ...{ liaisonId: to, reason: 'he is in danger' },
});

/** The police hear of it ten minutes after it opened. */
const TOLD: readonly Step[] = [
  OPENED,
  { command: tick(1), now: later(300) },
  { command: tick(2), now: later(600) },
];
const BREACHED: Step = { command: breach(3), now: later(700), roster: WITH_COURT };
const wasNot = (revision = 2): AlertCommand => violationChanges({ status: 'withdrawn', revision });
const NOT_SO = { disposition: 'withdrawn', why: 'what is known now does not show the violation' };
const DAYS_LATER = later(9 * 86_400);

describe('a breach that a person has closed and a court was told of', () => {
  it('is taken back from the court and the police when it turns out not to have been so', () => {
    const { pages } = given(...TOLD, BREACHED)
      .when(wasNot(), DAYS_LATER, WITH_COURT)
      .thenPages(['stand-down', FORCE], ['stand-down', CROWN]);
    for (const { inFeed } of pages) expect(inFeed?.outcome).toEqual(NOT_SO);
  });

  it('is taken back once, however often it is amended before and after', () => {
    const amended = violationChanges({ openedAt: later(-900), revision: 2 });
    const again = violationChanges({ status: 'withdrawn', openedAt: later(-800), revision: 4 });
    const { pages } = courseOf(
      ...[...TOLD, BREACHED],
      ...[amended, wasNot(3), again].map((command, i) => ({ command, now: later(800 + i) })),
    );
    const outside = pages.filter(({ recipient }) => recipient.channel === 'liaison');
    expect(outside.map(({ purpose, recipient }) => [purpose, nameOf(recipient)])).toEqual([
      ...[
        ['alert', FORCE],
        ['closed', FORCE],
        ['alert', CROWN],
      ],
      ...[
        ['stand-down', FORCE],
        ['stand-down', CROWN],
      ],
    ]);
  });

  it('is told again as it was told first where it shows after all', () => {
    given(...TOLD, BREACHED, { command: wasNot(), now: later(800) })
      .when(violationChanges({ status: 'ended', endedAt: later(20), revision: 3 }), later(900))
      .thenPages(['alert', CROWN], ['closed', FORCE]);
  });

  it('of which nobody outside was told is taken back from nobody', () => {
    given(OPENED, { command: close('officer', 1), now: later(10) })
      .when(wasNot(), later(20))
      .thenPages();
  });
});

describe('what a person has closed as a breach', () => {
  const turnOf = (...steps: readonly Step[]) => {
    const before = alertAfter(...TOLD, ...steps.slice(0, -1));
    return breachTurn(before, alertAfter(...TOLD, ...steps));
  };
  const gone: Step = { command: wasNot(), now: later(800) };
  const shows: Step = { command: violationChanges({ revision: 3 }), now: later(900) };
  const first: Step = { command: close('officer', 3), now: later(700) };

  it('turns where it was none, and where it was one after all', () => {
    expect(turnOf(BREACHED, gone)).toBe('was-not-so');
    expect(turnOf(BREACHED, gone, shows)).toBe('is-so-after-all');
  });

  it('does not by anything else, nor does what was closed as something else', () => {
    expect(turnOf(BREACHED)).toBe(null);
    expect(turnOf(first, gone)).toBe(null);
    expect(turnOf(gone, shows)).toBe(null);
    expect(breachTurn(null, alertAfter(...TOLD))).toBe(null);
  });
});

describe('what was known not to have been so', () => {
  it('is told to no court, whatever a person closes it as', () => {
    const opened: Step = { command: violationOpens({}, { isReviewed: true }), now: T };
    given(opened, { command: wasNot(), now: later(20) })
      .when(breach(2), later(30), WITH_COURT)
      .thenPages();
  });
});

describe('what liaisons were told of an alert that ended by itself', () => {
  it('is taken back where it was lifted first, and withdrawn afterwards', () => {
    const lifted = violationChanges({
      ...{ status: 'ended', endReason: 'order-ended', endedAt: later(700) },
    });
    given(...TOLD, { command: lifted, now: later(700) })
      .when(wasNot(3), later(800))
      .thenPages(['stand-down', FORCE]);
  });

  it('is closed to those who were told that it was not, where it shows after all', () => {
    const shows = violationChanges({ revision: 3 });
    given(...TOLD, { command: wasNot(), now: later(700) }, { command: shows, now: later(800) })
      .when(close('officer', 5), later(810))
      .thenPages(['closed', FORCE]);
  });
});

describe('a person who has a liaison told', () => {
  it('stands beside everything that it is told of it, with the reason', () => {
    const { pages } = courseOf(
      OPENED,
      { command: tell(1), now: later(10) },
      { command: violationChanges({ openedAt: later(-900) }), now: later(20) },
    );
    const decision = { rule: 'by-hand', by: 'manager', reason: 'he is in danger' };
    expect(pages.slice(1)).toMatchObject([
      { recipient: police, purpose: 'alert', inFeed: { sequence: 1, decision } },
      { recipient: police, purpose: 'update', inFeed: { sequence: 2, decision } },
    ]);
  });

  it('may not before it is closed, where it is a court; then it is told how it was closed', () => {
    given(OPENED)
      .when(tell(1, CROWN), later(10), WITH_COURT)
      .thenRefused({ code: 'court-hears-last', by: null, at: null });
    const { pages } = given(OPENED, { command: close('officer', 1), now: later(10) })
      .when(tell(2, CROWN), later(20), WITH_COURT)
      .thenPages(['alert', CROWN]);
    expect(pages[0]?.inFeed?.outcome).toEqual({ disposition: 'no-action-explained', why: '' });
  });

  it('may not where it is closed, but for a court', () => {
    given(OPENED, { command: close('officer', 1), now: later(10) })
      .when(tell(2), later(20))
      .thenRefused({ code: 'already-closed', by: person('officer'), at: later(10) });
  });

  it('may not of what was taken back', () => {
    given(...TOLD, BREACHED, { command: wasNot(), now: later(800) })
      .when(tell(5, CROWN), later(900), WITH_COURT)
      .thenRefused({ code: 'was-not-so', by: null, at: null });
  });

  it('is answered that it was told, and may again where the message could not be delivered', () => {
    const told: Step = { command: tell(1), now: later(10) };
    given(OPENED, told).when(tell(2), later(20)).thenNothingHappened('liaison-told-before');
    const failed = (sequenceInFeed: number): AlertCommand => ({
      ...{ type: 'page-failed', recipient: police, step: 1, loop: 0, sequenceInFeed },
    });
    const lost: Step = { command: failed(1), now: later(15) };
    const { pages } = given(OPENED, told, lost)
      .when(tell(3), later(20))
      .thenPages(['alert', FORCE]);
    expect(pages[0]?.inFeed?.sequence).toBe(2);
    const again: Step = { command: tell(3), now: later(20) };
    given(OPENED, told, lost, again)
      .when(failed(1), later(30))
      .thenNothingHappened('failure-known');
  });
});

describe('a step whose page to a force can never be delivered', () => {
  it('is passed at once, and the next round tells the force again', () => {
    const failed: AlertCommand = {
      ...{ type: 'page-failed', recipient: police, step: 2, loop: 0, sequenceInFeed: 1 },
    };
    const { after } = given(...TOLD)
      .when(failed, later(601))
      .thenHappened('liaison-not-reached', 'channel-failed', 'step-run');
    expect(after.told).not.toContainEqual(police);
    const { pages } = courseOf(
      ...TOLD,
      { command: failed, now: later(601) },
      ...[4, 5].map((epoch) => ({ command: tick(epoch), now: later(600 + 400 * (epoch - 3)) })),
    );
    expect(pages.at(-1)).toMatchObject({ recipient: police, loop: 1, inFeed: { sequence: 2 } });
  });
});
