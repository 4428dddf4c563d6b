import { whyNotAsked } from '../liaison/who-may-hear.ts';
import type { Alert } from '../model/alert.ts';
import type { PersonId } from '../model/ids.ts';
import { type Instant, secondsAfter } from '../model/instant.ts';
import {
  type AlertCommand,
  type AlertDecision,
  happened,
  type Moment,
  nothing,
  refuse,
} from './alert-commands.ts';
import type { AlertEvent } from './alert-events.ts';
import { courtsThatHear } from './courts.ts';
import { mayCloseAs } from './dispositions.ts';
import { evolve } from './evolve.ts';
import { knownTo } from './feed-place.ts';
import { holdersOf, holdsSeconds, standingOf } from './holders.ts';
import { runDue } from './run-due.ts';

/** What somebody did last to an alert; where nobody has, what happened to it last. */
const lastActOf = ({ changed, acknowledgements }: Alert) =>
  changed.by === null ? (acknowledgements.at(-1) ?? changed) : changed;

/** Takes an alert in hand, or is the second of two who have to. */
export const acknowledge = (alert: Alert, by: PersonId, at: Instant): AlertDecision => {
  if (alert.closed !== null) return refuse('already-closed', alert.closed);
  const standing = standingOf(alert, at);
  if (standing.some((one) => one.by === by)) return nothing('already-acknowledged-by-you');
  const [first] = standing;
  if (alert.status === 'acknowledged' && first !== undefined) {
    return refuse('already-acknowledged', first);
  }
  const isEnough = standing.length + 1 >= alert.acknowledgementsNeeded;
  const endsAt = isEnough ? secondsAfter(at, holdsSeconds(alert)) : null;
  return happened({ type: 'alert-acknowledged', at, by, endsAt });
};

/** Hands an alert on: its next step runs now, whoever has it in hand, and comes to others. */
export const escalate = (
  alert: Alert,
  { by, epoch }: Extract<AlertCommand, { type: 'escalate' }>,
  moment: Moment,
): AlertDecision => {
  if (alert.closed !== null) return refuse('already-closed', alert.closed);
  if (alert.epoch !== epoch) return refuse('stale-epoch', lastActOf(alert));
  const escalated: AlertEvent = { type: 'alert-escalated', at: moment.now, by };
  const handed = { ...moment, handedOnBy: by };
  return happened(escalated, ...runDue(evolve(alert, escalated), handed));
};

/**
 * Whether enough people have seen that there is nothing more to do: of what needs two hands, one
 * alone ends nothing. What is over by the data, and waits for somebody to write why, needs one.
 */
const areEnough = (alert: Alert, by: PersonId, at: Instant): boolean =>
  alert.cleared !== null ||
  new Set([...holdersOf(alert, at), by]).size >= alert.acknowledgementsNeeded;

/** Ends an alert as the person says, of whose epoch they have seen. */
export const close = (
  alert: Alert,
  command: Extract<AlertCommand, { type: 'close' }>,
  { now: at, roster }: Moment,
): AlertDecision => {
  if (alert.closed !== null) return refuse('already-closed', alert.closed);
  if (alert.epoch !== command.epoch) return refuse('stale-epoch', lastActOf(alert));
  const { by, disposition, reason, decisionId } = command;
  if (!mayCloseAs(alert.conditionKind, disposition)) return refuse('disposition-not-for-class');
  if (!areEnough(alert, by, at)) return refuse('second-person-needed', lastActOf(alert));
  const courts = courtsThatHear(alert, roster, disposition);
  const heard = courts.length === 0 ? {} : { courts };
  const decided = decisionId === undefined ? {} : { decisionId };
  return happened({ type: 'alert-closed', at, by, disposition, reason, ...decided, ...heard });
};

/** Takes back the decision with which an alert was closed: somebody has to decide anew. */
export const withdrawClosing = (
  { closed }: Alert,
  { by, decisionId, reason }: Extract<AlertCommand, { type: 'withdraw-closing' }>,
  at: Instant,
): AlertDecision =>
  closed?.decisionId === decisionId
    ? happened({ type: 'closing-withdrawn', at, by, reason, decisionId })
    : nothing('closed-otherwise');

/**
 * A person decides that a liaison is to hear of an alert, such as the police of a welfare alert.
 * Whether it may be told at all was looked up for the roster. Of what is closed only a court hears.
 */
export const tellLiaison = (
  alert: Alert,
  { by, liaisonId, reason, epoch }: Extract<AlertCommand, { type: 'tell-liaison' }>,
  { now: at, roster }: Moment,
): AlertDecision => {
  const hears = roster.liaisons.find((one) => one.liaisonId === liaisonId);
  const kind = hears?.kind ?? null;
  if (alert.closed !== null && kind !== 'court') return refuse('already-closed', alert.closed);
  if (epoch !== alert.epoch) return refuse('stale-epoch', lastActOf(alert));
  if (knownTo(alert, liaisonId) === 'it-is-so') return nothing('liaison-told-before');
  const whyNot = whyNotAsked(alert, kind);
  if (whyNot !== null) return refuse(whyNot);
  if (hears?.whyNot !== null || kind === null) return refuse('liaison-not-told');
  const recipient = { channel: 'liaison', liaisonId, kind } as const;
  return happened({ type: 'liaison-told', at, by, recipient, reason });
};
