import { expect } from 'vitest';
import type {
  AlertCommand,
  AlertDecision,
  Idle,
  Refusal,
} from '#domain/escalate/alert-commands.ts';
import type { AlertEvent } from '#domain/escalate/alert-events.ts';
import { decide } from '#domain/escalate/decide.ts';
import type { Roster } from '#domain/escalate/roster.ts';
import { type Transition, transition } from '#domain/escalate/transition.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import type { Instant } from '#domain/model/instant.ts';
import { acknowledge, close, later, roster, T, violationOpens } from './alerts.ts';
import { nameOf } from './pages.ts';

/** A command at an instant, and whoever can be reached then. */
export type Step = Readonly<{ command: AlertCommand; now: Instant; roster?: Roster }>;

type ThenAlert = Readonly<{ before: Alert | null; decision: AlertDecision }>;

const transitionOf = ({ before, decision }: ThenAlert): Transition => {
  if (decision.outcome !== 'happened') {
    throw new Error(`nothing happened: ${JSON.stringify(decision)}`);
  }
  const change = transition(before, decision.events);
  if (change === null) throw new Error('the events changed no alert');
  return change;
};

const answers = (told: ThenAlert) => ({
  /** Exactly these kinds of event, in their order. */
  thenHappened: (...types: AlertEvent['type'][]): Transition => {
    const change = transitionOf(told);
    expect(change.events.map(({ type }) => type)).toEqual(types);
    return change;
  },
  thenPages: (...pages: readonly (readonly [Page['purpose'], string])[]): Transition => {
    const change = transitionOf(told);
    const keys = change.pages.map(({ purpose, recipient }) => [purpose, nameOf(recipient)]);
    expect(keys).toEqual(pages);
    return change;
  },
  thenNothingHappened: (reason: Idle): void =>
    expect(told.decision).toEqual({ outcome: 'nothing', reason }),
  thenRefused: (refusal: Refusal): void =>
    expect(told.decision).toEqual({ outcome: 'refused', refusal }),
});

const decided = (before: Alert | null, step: Step): ThenAlert => ({
  before,
  decision: decide(before, step.command, { now: step.now, roster: step.roster ?? roster() }),
});

const opened = (alert: Alert | null): Alert => {
  if (alert === null) throw new Error('the test alert did not open');
  return alert;
};

/** An alert after commands that each did something, and all that happened to it on the way. */
export const courseOf = (...steps: readonly Step[]) => {
  const changes: Transition[] = [];
  for (const step of steps) {
    changes.push(transitionOf(decided(changes.at(-1)?.after ?? null, step)));
  }
  const alert = opened(changes.at(-1)?.after ?? null);
  const events = changes.flatMap((change) => change.events);
  return { alert, events, pages: changes.flatMap((change) => change.pages) };
};

const standing = (steps: readonly Step[]): Alert | null =>
  steps.reduce<Alert | null>((alert, step) => transitionOf(decided(alert, step)).after, null);

/** The alert after commands that each did something. */
export const alertAfter = (...steps: readonly Step[]): Alert => opened(standing(steps));

/** The violation opens, and its alert with it. */
export const OPENED: Step = { command: violationOpens(), now: T };
/** Somebody takes the alert, so many seconds after it opened. */
export const takenBy = (id: string, seconds = 10): Step => ({
  ...{ command: acknowledge(id), now: later(seconds) },
});
/** Somebody closes it, as it opened. */
export const closedBy = (id: string, seconds = 10): Step => ({
  ...{ command: close(id, 1), now: later(seconds) },
});

export const OPEN = alertAfter(OPENED);
export const TAKEN = alertAfter(OPENED, takenBy('officer'));
export const CLOSED = alertAfter(OPENED, closedBy('officer'));

/** Given what was done, when a command comes, then this is what happens. */
export const given = (...steps: readonly Step[]) => ({
  when: (command: AlertCommand, now: Instant, reached: Roster = roster()) =>
    answers(decided(standing(steps), { command, now, roster: reached })),
});
