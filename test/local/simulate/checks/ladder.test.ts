import { describe, expect, it } from 'vitest';
import type { AlertEvent } from '#domain/escalate/alert-events.ts';
import { goOn, ladderOf } from '#local/simulate/checks/ladder.ts';
import { later, opening, person, policy, T, violationOpens } from '#test/support/alerts.ts';
import { courseOf } from '#test/support/given-alert.ts';

const HOLDS_SECONDS = 600;
const opened = courseOf({
  command: violationOpens(
    {},
    opening({ severity: 'extreme', policy: policy({ acknowledgementSeconds: HOLDS_SECONDS }) }),
  ),
  now: T,
}).alert;

const taken = (by: string, seconds: number, endsAfter: number | null): AlertEvent => ({
  ...{ type: 'alert-acknowledged', at: later(seconds), by: person(by) },
  endsAt: endsAfter === null ? null : later(endsAfter),
});
const ended = (seconds: number): AlertEvent => ({
  type: 'acknowledgement-ended',
  at: later(seconds),
});

const holdersAfter = (...events: readonly AlertEvent[]): string[] => {
  const ladder = ladderOf({ type: 'alert-opened', at: T, alert: opened });
  for (const event of events) goOn(ladder, event);
  return [...ladder.holders.keys()];
};

describe('an alert that two people had in hand, as its oracle sees it', () => {
  const byTwo = [taken('officer', 10, null), taken('manager', 100, 100 + HOLDS_SECONDS)];

  it('is in the hands of nobody when that has ended: both must be told', () => {
    expect(opened.acknowledgementsNeeded).toBe(2);
    expect(holdersAfter(...byTwo, ended(700))).toEqual([]);
  });

  it('is in the hands of whoever took it again before anybody saw that it had ended', () => {
    expect(holdersAfter(...byTwo, taken('manager', 720, null), ended(730))).toEqual(['manager']);
  });
});
