import { describe, expect, it } from 'vitest';
import type { Page } from '#domain/model/alert.ts';
import type { Policy } from '#domain/model/person.ts';
import {
  contact,
  dutyRota,
  FORCE,
  later,
  opening,
  policy,
  roster,
  T,
  tick,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, given, type Step } from '#test/support/given-alert.ts';
import { nameOf } from '#test/support/pages.ts';

const step = (delaySeconds: number, ...targets: Policy['steps'][number]['targets']) => ({
  delaySeconds,
  targets,
});
const OFFICER = { kind: 'responsible-officer' } as const;
const ROTA = { kind: 'rota', rotaId: dutyRota().rotaId } as const;
const POLICE = { kind: 'police' } as const;

const openedWith = (steps: Policy['steps'], fields = {}): Step => ({
  command: violationOpens({}, opening({ policy: policy({ steps, ...fields }) })),
  now: T,
});

const told = (pages: readonly Page[]): string[] => pages.map(({ recipient }) => nameOf(recipient));

describe('I12: an empty step is passed at once (target/goalert#4548)', () => {
  const STEPS = [step(0, OFFICER), step(300, ROTA), step(300, POLICE)];

  it('goes on to the next step in the same transition, and says why', () => {
    const nobodyOnCall = roster({ rotas: [] });
    const { after, events, pages } = given(openedWith(STEPS))
      .when(tick(1), later(300), nobodyOnCall)
      .thenHappened('step-run', 'step-run');
    expect(events[0]).toMatchObject({
      step: 1,
      recipients: [],
      nextStepAt: later(300),
      unreached: [{ target: 'rota', id: 'duty', reason: 'rota-unknown' }],
    });
    expect(told(pages)).toEqual([FORCE]);
    expect(after.nextDueAt).toBe(later(300 + 900));
  });

  it('comes to the last resort where every step is empty', () => {
    const reached = roster({ contacts: [contact('manager')], rotas: [], liaisons: [] });
    const { events, pages } = given()
      .when(openedWith(STEPS).command, T, reached)
      .thenHappened('alert-opened', 'step-run', 'step-run', 'step-run', 'step-run');
    expect(events.at(-1)).toMatchObject({ isLastResort: true });
    expect(told(pages)).toEqual(['manager']);
  });

  it('tells the duty manager, and says so, where even the last resort has no contact', () => {
    const reached = roster({ contacts: [], rotas: [], liaisons: [] });
    const { after, events, pages } = given()
      .when(openedWith(STEPS).command, T, reached)
      .thenHappened('alert-opened', 'step-run', 'step-run', 'step-run', 'step-run');
    expect(pages).toMatchObject([{ recipient: { channel: 'duty-manager' } }]);
    expect(events.at(-1)).toMatchObject({
      unreached: [{ id: 'manager', reason: 'person-unknown' }],
    });
    expect(after).toMatchObject({ status: 'open', nextStepAt: later(900) });
  });
});

describe('when every step has been passed', () => {
  it('goes through the steps as often as the policy says, then keeps to the last resort', () => {
    const opened = openedWith([step(0, OFFICER), step(300, OFFICER)], { repeat: 1 });
    const ticks = [300, 1_200, 1_500, 2_400, 3_300];
    const steps = ticks.map((seconds, i) => ({ command: tick(i + 1), now: later(seconds) }));
    const places = steps.map((_, i) => {
      const alert = alertAfter(opened, ...steps.slice(0, i + 1));
      return [alert.step, alert.loop, alert.nextDueAt];
    });
    expect(places).toEqual([
      [0, 1, later(1_200)],
      [1, 1, later(1_500)],
      [2, 2, later(2_400)],
      [2, 3, later(3_300)],
      [2, 4, later(4_200)],
    ]);
  });

  it('pages the last resort again and again, each time under a new id', () => {
    const opened = openedWith([step(0, OFFICER)], { repeat: 0 });
    const first = { command: tick(1), now: later(900) };
    const once = given(opened).when(first.command, first.now).thenPages(['alert', 'manager']);
    const again = given(opened, first).when(tick(2), later(1_800)).thenPages(['alert', 'manager']);
    expect(again.pages[0]?.pageId).not.toBe(once.pages[0]?.pageId);
  });
});

describe('the police', () => {
  const opened = openedWith([step(0, OFFICER, POLICE), step(60, OFFICER, POLICE)], { repeat: 1 });

  it('are told once of an alert, whoever else is told again', () => {
    given(opened).when(tick(1), later(60)).thenPages(['alert', 'officer']);
  });

  it('are passed over at once where a step would tell nobody but them, and again', () => {
    const alone = openedWith([step(0, POLICE), step(600, OFFICER)], { repeat: 1 });
    const { events, pages } = given(alone, { command: tick(1), now: later(600) })
      .when(tick(2), later(1_500))
      .thenHappened('step-run', 'step-run');
    expect(events[0]).toMatchObject({
      step: 0,
      recipients: [],
      unreached: [{ target: 'police', id: FORCE, reason: 'told-before' }],
    });
    expect(told(pages)).toEqual(['officer']);
  });

  it.each([
    ['the order names no force', [], 'no-liaison'],
    [
      'the order keeps this kind from them',
      [{ liaisonId: FORCE, kind: 'police', whyNot: 'kind-not-for-police' }],
      'kind-not-for-police',
    ],
    [
      'it is a warning only',
      [{ liaisonId: FORCE, kind: 'police', whyNot: 'reason-not-for-liaisons' }],
      'reason-not-for-liaisons',
    ],
  ] as const)('are not told where %s', (_, liaisons, reason) => {
    const { events } = given()
      .when(openedWith([step(0, POLICE, OFFICER)]).command, T, roster({ liaisons }))
      .thenPages(['alert', 'officer']);
    expect(events[1]).toMatchObject({ unreached: [{ target: 'police', reason }] });
  });
});
