import { describe, expect, it } from 'vitest';
import { decide } from '#domain/escalate/decide.ts';
import { episodeOf, NO_EPISODES, withAlert } from '#domain/escalate/episodes.ts';
import { transition } from '#domain/escalate/transition.ts';
import type { Alert } from '#domain/model/alert.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import {
  close,
  FORCE,
  later,
  police,
  roster,
  tick,
  violation,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, OPENED, type Step } from '#test/support/given-alert.ts';

const GRAVER = alertIdSchema.parse('w-1.curfew.graver');
const OTHER_OFFICE = roster({ liaisons: [] });
/** The police hear of the milder one ten minutes after it opened. */
const TOLD: readonly Step[] = [
  OPENED,
  { command: tick(1), now: later(300) },
  { command: tick(2), now: later(600) },
];
const becameGraver: Step = {
  command: violationChanges({
    ...{ status: 'ended', endReason: 'became-graver', endedAt: later(700) },
  }),
  now: later(700),
};

/** The pages with which the graver alert of the same condition opens after a milder one. */
const opensAfter = (milder: Alert, reached = roster()) => {
  const episodes = withAlert(NO_EPISODES, milder, later(700));
  const graver = violation({ violationId: GRAVER });
  const episode = episodeOf(episodes, graver, { alertId: GRAVER, at: later(700) });
  const command = violationOpens({ violationId: GRAVER }, { episode });
  const decision = decide(null, command, { now: later(700), roster: reached });
  return decision.outcome === 'happened' ? (transition(null, decision.events)?.pages ?? []) : [];
};

describe('the graver alert of a condition of which the police were told', () => {
  it('is told to them at once, before any step says so, and names what it goes on from', () => {
    const [first] = opensAfter(alertAfter(...TOLD, becameGraver));
    expect(first).toMatchObject({
      ...{ recipient: police, purpose: 'alert' },
      inFeed: { sequence: 1, follows: 'w-1.curfew.abc' },
    });
  });

  it('is told so, too, where the milder one is not known to have ended yet', () => {
    expect(opensAfter(alertAfter(...TOLD))[0]?.recipient).toEqual(police);
  });

  it('closes the milder one in their feed, and says why', () => {
    const change = alertAfter(...TOLD, becameGraver);
    expect(change.feeds).toMatchObject([{ liaisonId: FORCE, sequence: 2, knows: 'it-is-over' }]);
    expect(change.closed?.disposition).toBe('became-graver');
  });

  it.each([
    ['where they were not told of the milder one', alertAfter(OPENED, becameGraver)],
    [
      'where a person has closed that',
      alertAfter(...TOLD, { command: close('officer', 3), now: later(650) }),
    ],
  ])('waits for the step that names them %s', (_, milder) => {
    const told = opensAfter(milder).map(({ recipient }) => recipient.channel);
    expect(told).not.toContain('liaison');
  });

  it('is not told to those whom the order does not let hear of it any more', () => {
    const told = opensAfter(alertAfter(...TOLD, becameGraver), OTHER_OFFICE);
    expect(told.map(({ recipient }) => recipient.channel)).not.toContain('liaison');
  });
});
