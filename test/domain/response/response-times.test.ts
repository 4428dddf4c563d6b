import { describe, expect, it } from 'vitest';
import type { Alert } from '#domain/model/alert.ts';
import type { Instant } from '#domain/model/instant.ts';
import { responseOf, responseTimes, responseTimesBy } from '#domain/response/response-times.ts';
import {
  acknowledge,
  close,
  contact,
  facts,
  later,
  OFFICER,
  policy,
  roster,
  T,
  tick,
  violation,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, OPENED, type Step, takenBy } from '#test/support/given-alert.ts';

const alertOf = (...steps: readonly Step[]): Alert => alertAfter(OPENED, ...steps);
const taken = (seconds: number, id = 'officer'): Step => takenBy(id, seconds);
const closed = (seconds: number, epoch: number): Step => ({
  ...{ command: close('officer', epoch), now: later(seconds) },
});

const timesOf = (alert: Alert, pagedAt: Instant | null) =>
  responseTimes([responseOf(alert, { pagedAt, team: null })]);

describe('the response to an alert', () => {
  it('is timed from when the evidence was in until a person has closed it', () => {
    const times = timesOf(alertOf(taken(60), closed(600, 2)), later(4));
    expect(times).toMatchObject({
      ...{ alerts: 1, untold: 0, falseAlerts: 0 },
      detectToPage: { count: 1, worstSeconds: 4 },
      pageToAcknowledge: { count: 1, worstSeconds: 56 },
      acknowledgeToClose: { count: 1, worstSeconds: 540 },
      detectToClose: { count: 1, worstSeconds: 600, worstAlertId: 'w-1.curfew.abc' },
    });
  });

  it('counts what has begun and not ended as waiting, and times it not', () => {
    expect(timesOf(alertOf(taken(60)), later(4))).toMatchObject({
      pageToAcknowledge: { count: 1, waiting: 0 },
      acknowledgeToClose: { count: 0, p50Seconds: null, waiting: 1 },
    });
    expect(timesOf(alertOf(), null).detectToPage).toMatchObject({ count: 0, waiting: 1 });
  });

  it('goes by the first acknowledgement, also once that has ended', () => {
    const lapsed = { command: tick(2), now: later(60 + 14_400) };
    const again = { command: acknowledge('on-call'), now: later(20_000) };
    expect(timesOf(alertOf(taken(60), lapsed, again), later(4)).pageToAcknowledge).toMatchObject({
      worstSeconds: 56,
    });
  });

  it('begins again with an alert that is opened again', () => {
    const withdrawn = { command: violationChanges({ status: 'withdrawn' }), now: later(100) };
    const found = { command: violationChanges({ revision: 3 }), now: later(200) };
    expect(alertOf(taken(60), withdrawn, found).firstAcknowledgedAt).toBeUndefined();
  });

  it('waits for the second person where two are needed', () => {
    const opens: Step = {
      command: violationOpens({}, { severity: 'extreme', policy: policy() }),
      now: T,
    };
    const one = alertAfter(opens, taken(30));
    const two = alertAfter(opens, taken(30), taken(90, 'manager'));
    expect(one?.firstAcknowledgedAt).toBeUndefined();
    expect(two?.firstAcknowledgedAt).toBe(later(90));
  });

  it('takes closing at once for taking in hand', () => {
    const times = timesOf(alertOf(closed(600, 1)), later(4));
    expect(times.pageToAcknowledge).toMatchObject({ count: 1, worstSeconds: 596 });
    expect(times.acknowledgeToClose).toMatchObject({ count: 1, worstSeconds: 0 });
  });

  it('is none where we closed it ourselves', () => {
    const withdrawn = { command: violationChanges({ status: 'withdrawn' }), now: later(100) };
    const times = timesOf(alertOf(withdrawn), later(4));
    expect(times.detectToClose).toMatchObject({ count: 0, waiting: 0 });
    expect(times.pageToAcknowledge).toMatchObject({ count: 0, waiting: 0 });
  });
});

describe('responses are grouped', () => {
  const night = facts({ violation: violation(), timeZone: 'America/New_York' });
  const elsewhere = alertAfter({
    command: violationOpens({ conditionKind: 'exclusion-zone' }, { facts: night }),
    now: T,
    roster: roster({ responsibleOfficer: contact('on-call').personId }),
  });
  const both = [alertOf(), elsewhere].flatMap((alert) =>
    alert === null ? [] : [responseOf(alert, { pagedAt: null, team: null })],
  );

  it.each([
    ['kind', ['curfew', 'exclusion-zone']],
    ['officer', [OFFICER, 'on-call'].toSorted()],
    ['hour', ['15', '20']],
  ] as const)('by %s', (by, groups) => {
    const found = responseTimesBy(both, by);
    expect(found.map(({ group }) => group)).toEqual(groups);
    expect(found.map(({ times }) => times.alerts)).toEqual([1, 1]);
  });
});
