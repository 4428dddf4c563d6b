import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import { decide } from '#domain/escalate/decide.ts';
import { episodeOf, NO_EPISODES, withAlert } from '#domain/escalate/episodes.ts';
import { transition } from '#domain/escalate/transition.ts';
import { whoMayHear } from '#domain/liaison/who-may-hear.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import {
  FORCE,
  facts,
  later,
  person,
  policy,
  roster,
  T,
  violation,
  violationOpens,
} from '#test/support/alerts.ts';
import { liaison, liaisonId } from '#test/support/liaisons.ts';
import { nameOf } from '#test/support/pages.ts';

const WELFARE = { conditionKind: 'welfare', rule: 'welfare', reason: 'welfare-concern' } as const;
const KINDS = { met: 'police', crown: 'court', care: 'support-service', panel: 'mappa-panel' };
const known = new Map(
  Object.entries(KINDS).map(([id, kind]) => [liaisonId(id), liaison({ liaisonId: id, kind })]),
);
const order = {
  ...{ policeForce: FORCE, policeKinds: ['curfew' as const] },
  liaisons: ['crown', 'care', 'panel'].map((id) => ({ liaisonId: liaisonId(id), reference: null })),
};
/** Police and court may hear of everything that a policy can name. */
const reached = roster({
  liaisons: whoMayHear(order, known, { ...WELFARE, severity: 'extreme' }),
});
const POLICE_AT_ONCE = policy({
  steps: [
    { delaySeconds: 0, targets: [{ kind: 'police' }, { kind: 'support-service' }] },
    { delaySeconds: 60, targets: [{ kind: 'police' }] },
  ],
});

const changed = (alert: Alert, fields: object): AlertCommand => {
  const before = alert.facts.violation;
  return violationOpens({ ...before, revision: before.revision + 1, ...fields });
};

const COMMANDS = {
  tick: ({ epoch }: Alert) => ({ type: 'tick', epoch }),
  take: () => ({ type: 'acknowledge', by: person('officer') }),
  handOn: ({ epoch }: Alert) => ({ type: 'escalate', by: person('officer'), epoch }),
  breach: ({ epoch }: Alert) => ({
    ...{ type: 'close', by: person('officer'), epoch, reason: 'seen' },
    disposition: 'breach-initiated',
  }),
  withdraw: (alert: Alert) => changed(alert, { status: 'withdrawn' }),
  find: (alert: Alert) => changed(alert, { status: 'open' }),
  amend: (alert: Alert) => changed(alert, { openedAt: alert.facts.violation.openedAt - 1_000 }),
  graver: (alert: Alert) => changed(alert, { status: 'ended', endReason: 'became-graver' }),
} as const satisfies Readonly<Record<string, (alert: Alert) => AlertCommand>>;
const kinds = fc.constantFrom(...Object.values(COMMANDS));
const courses = fc.array(fc.tuple(kinds, fc.nat({ max: 2_000 })), { maxLength: 30 });

type Lived = Readonly<{ alert: Alert | null; pages: readonly Page[] }>;

const step = ({ alert, pages }: Lived, command: AlertCommand, now: Instant): Lived => {
  const decision = decide(alert, command, { now, roster: reached });
  const change = decision.outcome === 'happened' ? transition(alert, decision.events) : null;
  if (change === null) return { alert, pages };
  return { alert: change.after, pages: [...pages, ...change.pages] };
};

const opens = (fields: object = {}): AlertCommand => {
  const about = violation({ ...WELFARE, ...fields });
  const told = facts({ violation: about });
  return violationOpens(about, { facts: told, policy: POLICE_AT_ONCE, severity: 'extreme' });
};

const lived = (course: readonly (readonly [(alert: Alert) => AlertCommand, number])[]): Lived => {
  let now = T;
  return course.reduce<Lived>(
    (one, [commandOf, waitSeconds]) => {
      now = secondsAfter(now, waitSeconds);
      return one.alert === null ? one : step(one, commandOf(one.alert), now);
    },
    step({ alert: null, pages: [] }, opens(), T),
  );
};

const outside = (pages: readonly Page[]) =>
  new Set(
    pages
      .filter((page) => page.recipient.channel === 'liaison')
      .map((page) => nameOf(page.recipient)),
  );

describe('a concern for the wearer', () => {
  it('comes to care, and whatever happens to it to nobody who enforces', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const told = outside(lived(course).pages);
        expect([...told].sort()).toEqual(['care', 'panel']);
      }),
      { numRuns: 300 },
    );
  });

  it('comes to the police by a person alone, also after another that did', () => {
    const byHand: AlertCommand = {
      ...{ type: 'tell-liaison', by: person('officer'), epoch: 1, liaisonId: FORCE },
      reason: 'a danger to himself',
    };
    const first = step({ alert: null, pages: [] }, opens(), T);
    const withPolice = { liaisonId: FORCE, kind: 'police', whyNot: null } as const;
    const others = reached.liaisons.filter(({ liaisonId: id }) => id !== FORCE);
    const asked = roster({ liaisons: [...others, withPolice] });
    const decision = decide(first.alert, byHand, { now: later(10), roster: asked });
    const change =
      decision.outcome === 'happened' ? transition(first.alert, decision.events) : null;
    if (change === null) throw new Error('the police were not told');
    expect(outside(change.pages)).toEqual(new Set([FORCE]));
    const episodes = withAlert(NO_EPISODES, change.after, later(20));
    const graver = violation({ ...WELFARE, violationId: 'w-1.welfare.b' });
    const alertId = change.after.alertId;
    const episode = episodeOf(episodes, graver, { alertId, at: later(30) });
    expect(episode.countsFor).toContain(FORCE);
    const opened = violationOpens(graver, {
      ...{
        facts: facts({ violation: graver }),
        policy: POLICE_AT_ONCE,
        severity: 'extreme',
        episode,
      },
    });
    const next = step({ alert: null, pages: [] }, opened, later(30));
    expect(outside(next.pages)).toEqual(new Set(['care', 'panel']));
  });
});
