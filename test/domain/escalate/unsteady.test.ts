import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import { decide } from '#domain/escalate/decide.ts';
import { transition } from '#domain/escalate/transition.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import { secondsBetween } from '#domain/model/instant.ts';
import {
  later,
  opening,
  roster,
  tick,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';

const STRAP = { rule: 'tamper', reason: 'strap-open' };
const HOUR = 3_600;

/** An alert whose violation turns over, with the clock's turn at each of its due instants. */
const turningOver = (
  found: Readonly<Record<string, unknown>>,
  everySeconds: number,
  isReviewed = false,
) => {
  const known: { alert: Alert | null } = { alert: null };
  const pages: Page[] = [];
  const act = (command: AlertCommand, seconds: number): void => {
    const decision = decide(known.alert, command, { now: later(seconds), roster: roster() });
    const change =
      decision.outcome === 'happened' ? transition(known.alert, decision.events) : null;
    if (change === null) return;
    known.alert = change.after;
    pages.push(...change.pages);
  };
  const fields = opening({ isReviewed });
  act(violationOpens(found, fields), 0);
  for (let seconds = 1; seconds <= HOUR; seconds += 1) {
    if (known.alert !== null) act(tick(known.alert.epoch), seconds);
    const turn = seconds / everySeconds;
    if (!Number.isInteger(turn)) continue;
    const status = turn % 2 === 1 ? 'withdrawn' : 'open';
    act(violationChanges({ ...found, revision: 1 + turn, status }, fields), seconds);
  }
  const calls = pages.filter(({ purpose }) => purpose === 'alert');
  return {
    alert: known.alert,
    calls: calls.map(({ createdAt }) => secondsBetween(later(0), createdAt)),
  };
};

const longestBetween = (calls: readonly number[]): number =>
  Math.max(...[...calls, HOUR].map((at, i) => at - (calls[i - 1] ?? 0)));

describe('an alert that is taken back and shown again without end', () => {
  it.each([
    ['five minutes where safety hangs on it', STRAP, 300],
    ['a quarter of an hour', {}, 900],
  ])('is told within %s, though it never stands for long', (_, found, seconds) => {
    const { calls } = turningOver(found, 25);
    expect(longestBetween(calls)).toBeLessThanOrEqual(seconds + 50);
    expect(calls.length).toBeLessThanOrEqual(2 + HOUR / seconds);
  });

  it.each([16, 48, 144, 240])(
    'stays for a person to look at where it called nobody the last time: each %i s',
    (seconds) => {
      const { alert } = turningOver(STRAP, seconds, true);
      expect(alert?.facts.violation.status).toBe('withdrawn');
      expect(alert).toMatchObject({ status: 'open', track: 'review' });
      expect(alert?.cleared).toMatchObject({ disposition: 'withdrawn' });
    },
  );
});
