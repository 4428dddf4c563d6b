import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EPISODE_SECONDS, episodeOf, NO_EPISODES, withAlert } from '#domain/escalate/episodes.ts';
import type { Alert } from '#domain/model/alert.ts';
import { episodesSchema } from '#domain/model/episodes.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import {
  acknowledge,
  close,
  FORCE,
  later,
  opening,
  T,
  tick,
  violation,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, OPENED, type Step } from '#test/support/given-alert.ts';

/** The police hear of it ten minutes after it opened. */
const TO_POLICE: Step = { command: tick(2), now: later(600) };

const ended = (seconds: number): Step => ({
  command: violationChanges({ status: 'ended', endedAt: later(seconds) }),
  now: later(seconds),
});
const NEXT = alertIdSchema.parse('w-1.curfew.next');

/** What a new violation of the same condition is, after an alert and at an instant. */
const episodeAfter = (alert: Alert, at: Instant) =>
  episodeOf(withAlert(NO_EPISODES, alert, at), violation({ violationId: NEXT }), {
    ...{ alertId: NEXT, at },
  });

describe('a new violation of a condition', () => {
  it('begins an episode, where nothing went before', () => {
    const about = violation();
    expect(episodeOf(NO_EPISODES, about, { alertId: NEXT, at: T })).toEqual({
      ...{ episodeId: NEXT, follows: null, countsFor: [] },
    });
  });

  it('follows the alert before it while that goes on, also where it has been closed', () => {
    const closed = alertAfter(OPENED, { command: close('officer', 1), now: later(60) });
    const follows = {
      ...{ episodeId: 'w-1.curfew.abc', follows: 'w-1.curfew.abc', countsFor: [] },
    };
    expect(episodeAfter(alertAfter(OPENED), later(90))).toEqual(follows);
    expect(episodeAfter(closed, later(90))).toEqual(follows);
  });

  it('follows it until twelve hours after it ended, and begins another episode then', () => {
    const over = alertAfter(OPENED, ended(600), { command: close('officer', 2), now: later(700) });
    const last = later(600 + EPISODE_SECONDS);
    expect(episodeAfter(over, secondsAfter(last, -1)).follows).toBe('w-1.curfew.abc');
    expect(episodeAfter(over, last).follows).toBeNull();
  });

  it('counts for the liaisons who were told, until a person has closed it', () => {
    const told = alertAfter(OPENED, { command: tick(1), now: later(300) }, TO_POLICE);
    expect(episodeAfter(told, later(700)).countsFor).toEqual([FORCE]);
    const graver = violationChanges({
      ...{ status: 'ended', endReason: 'became-graver', endedAt: later(700) },
    });
    const went = alertAfter(...[OPENED, { command: tick(1), now: later(300) }, TO_POLICE], {
      command: graver,
      now: later(700),
    });
    expect(episodeAfter(went, later(700)).countsFor).toEqual([FORCE]);
    const closed = alertAfter(...[OPENED, { command: tick(1), now: later(300) }, TO_POLICE], {
      command: close('officer', 3),
      now: later(700),
    });
    expect(episodeAfter(closed, later(800)).countsFor).toEqual([]);
  });

  it('does not follow what was taken back', () => {
    const withdrawn = alertAfter(OPENED, {
      ...{ command: violationChanges({ status: 'withdrawn' }), now: later(60) },
    });
    expect(episodeAfter(withdrawn, later(90)).follows).toBeNull();
  });

  it.each([
    ['was taken back', violationChanges({ status: 'withdrawn' }), []],
    [
      'a change of orders ended',
      violationChanges({ status: 'ended', endedAt: later(60), endReason: 'order-ended' }),
      [{ stage: 'quiet' }],
    ],
  ])(
    'finds nothing that explains it in what %s and somebody took in hand since',
    (_, gone, left) => {
      const reviewed = violationOpens({}, opening({ isReviewed: true }));
      const alert = alertAfter(
        { command: reviewed, now: T },
        { command: gone, now: later(60) },
        { command: acknowledge('officer'), now: later(70) },
      );
      expect(alert.status).toBe('acknowledged');
      expect(withAlert(NO_EPISODES, alert, later(90)).alerts).toMatchObject(left);
    },
  );

  it('does not follow an alert of another condition or another order', () => {
    const kept = withAlert(NO_EPISODES, alertAfter(OPENED), later(90));
    for (const other of [{ conditionId: 'zone' }, { orderId: 'o-2' }]) {
      const about = violation({ violationId: NEXT, ...other });
      expect(episodeOf(kept, about, { alertId: NEXT, at: later(90) }).follows).toBeNull();
    }
  });

  it('follows the last of several, in the episode of the first', () => {
    const first = alertAfter(OPENED);
    const second = {
      ...alertAfter({
        command: violationOpens({ violationId: 'w-1.curfew.def' }),
        now: later(600),
      }),
      episode: { episodeId: first.alertId, follows: first.alertId, countsFor: [] },
    };
    const kept = [second, first].reduce((all, one) => withAlert(all, one, later(700)), NO_EPISODES);
    const next = { alertId: NEXT, at: later(700) };
    expect(episodeOf(kept, violation({ violationId: NEXT }), next)).toEqual({
      ...{ episodeId: 'w-1.curfew.abc', follows: 'w-1.curfew.def', countsFor: [] },
    });
  });
});

describe('what is kept of a wearer', () => {
  const alerts = fc
    .record({
      id: fc.integer({ min: 0, max: 30 }),
      condition: fc.constantFrom('curfew', 'zone', 'care'),
      openedSeconds: fc.integer({ min: 0, max: 200_000 }),
      end: fc.option(fc.integer({ min: 0, max: 90_000 })),
      deed: fc.constantFrom('none', 'take', 'close'),
    })
    .map(({ id, condition, openedSeconds, end, deed }) => {
      const now = later(openedSeconds);
      const about = { violationId: `w-1.${id}`, conditionId: condition, openedAt: now };
      const steps: Step[] = [{ command: violationOpens(about), now }];
      const endedAt = secondsAfter(now, end ?? 0);
      const over = { ...about, status: 'ended', endedAt };
      if (end !== null) steps.push({ command: violationChanges(over), now: endedAt });
      const epoch = steps.length;
      if (deed === 'take') steps.push({ command: acknowledge('officer'), now: endedAt });
      if (deed === 'close') steps.push({ command: close('officer', epoch), now: endedAt });
      return alertAfter(...steps);
    });

  it('holds each alert once, every one that may have to be told of, and can be read again', () => {
    fc.assert(
      fc.property(fc.array(alerts, { maxLength: 40 }), (changed) => {
        const at = later(300_000);
        const kept = changed.reduce((all, one) => withAlert(all, one, at), NO_EPISODES);
        expect(episodesSchema.parse(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
        const ids = kept.alerts.map(({ alertId }) => alertId);
        expect(new Set(ids).size).toBe(ids.length);
        const last = new Map(changed.map((one) => [one.alertId, one]));
        const open = [...last.values()].filter(({ status }) => status !== 'closed');
        expect(ids).toEqual(expect.arrayContaining(open.map(({ alertId }) => alertId)));
      }),
      { numRuns: 100 },
    );
  });

  it('does not depend on which of two alerts changed first', () => {
    fc.assert(
      fc.property(alerts, alerts, (a, b) => {
        fc.pre(a.alertId !== b.alertId);
        const at = later(300_000);
        const play = (...changed: Alert[]) =>
          changed.reduce((all, one) => withAlert(all, one, at), NO_EPISODES);
        expect(play(a, b)).toEqual(play(b, a));
      }),
      { numRuns: 100 },
    );
  });
});
