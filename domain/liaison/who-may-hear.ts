import type { Alert, Page } from '../model/alert.ts';
import { type AlertClass, isForPeopleAlone } from '../model/alert-class.ts';
import type { LiaisonId } from '../model/ids.ts';
import type { Liaison } from '../model/liaison.ts';
import type { LiaisonKind } from '../model/liaison-kind.ts';
import type { Order } from '../model/order.ts';
import { tellingOf } from '../model/reasons.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import type { Violation } from '../model/violation.ts';

/** Why a liaison that an order names is not told of an alert. */
export type WhyNotTold =
  | 'liaison-unknown'
  | 'response-withdrawn'
  | 'kind-not-for-police'
  | 'reason-not-for-liaisons'
  | 'class-not-for-liaison'
  | 'below-severity-for-liaison'
  | 'care-before-enforcement';

/** A liaison that may hear of an alert, or why it may not. */
export type Hears = Readonly<{
  liaisonId: LiaisonId;
  /** Null: nothing is on record of it. */
  kind: LiaisonKind | null;
  whyNot: WhyNotTold | null;
}>;

/** What an alert is that somebody may be told of. */
export type Hearable = Found & Readonly<{ severity: Severity }>;

/** What an alert is about. */
type Found = Readonly<{ conditionKind: AlertClass; reason: Violation['reason'] }>;

type Named = Pick<Order, 'policeForce' | 'policeKinds' | 'liaisons'>;

/** Whoever enforces hears nothing of somebody who needs care, unless a person has decided so. */
const ENFORCES: readonly LiaisonKind[] = ['police', 'court'];

/** Every liaison that an order names; the police force first. */
export const liaisonsNamedBy = ({ policeForce, liaisons }: Named): LiaisonId[] => [
  ...(policeForce === null ? [] : [policeForce]),
  ...liaisons.map(({ liaisonId }) => liaisonId),
];

const whyNot = (
  liaison: Liaison,
  { conditionKind, reason, severity }: Hearable,
  { policeKinds }: Named,
): WhyNotTold | null => {
  const { kind, classes, leastSeverity, responseWithdrawn } = liaison;
  if (conditionKind === 'welfare' && ENFORCES.includes(kind)) return 'care-before-enforcement';
  if (kind === 'police' && policeKinds.every((one) => one !== conditionKind)) {
    return 'kind-not-for-police';
  }
  // Where nothing is breached yet, or nothing is to be enforced, nobody outside has to act.
  if (tellingOf(reason) !== 'alert') return 'reason-not-for-liaisons';
  if (classes.every((one) => one !== conditionKind)) return 'class-not-for-liaison';
  if (compareSeverity(severity, leastSeverity) < 0) return 'below-severity-for-liaison';
  return responseWithdrawn === null ? null : 'response-withdrawn';
};

/** Who of those that an order names may hear of an alert, and why the others may not. */
export const whoMayHear = (
  order: Named,
  known: ReadonlyMap<LiaisonId, Liaison>,
  alert: Hearable,
): Hears[] =>
  liaisonsNamedBy(order).map((liaisonId) => {
    const liaison = known.get(liaisonId);
    if (liaison === undefined) return { liaisonId, kind: null, whyNot: 'liaison-unknown' };
    return { liaisonId, kind: liaison.kind, whyNot: whyNot(liaison, alert, order) };
  });

/**
 * Whether a liaison may be told of an alert because a person has decided so: whatever it is about
 * and however grave, but for those who do not come any more. Whether there is anything to tell
 * says `whyNotAsked` of the alert.
 */
export const whyNotByHand = (liaison: Liaison | null): WhyNotTold | null => {
  if (liaison === null) return 'liaison-unknown';
  return liaison.responseWithdrawn === null ? null : 'response-withdrawn';
};

/** Why nobody of a kind is told of an alert as it stands, although a person wants it so. */
export type WhyNotAsked = 'for-people-alone' | 'was-not-so' | 'court-hears-last';

/**
 * Why a person may not have a liaison of a kind told of an alert as it stands: that nobody at a
 * liaison accepts something, and what was not so, is nothing for anybody outside; and a court hears
 * last, of what is closed.
 */
export const whyNotAsked = (
  { conditionKind, closed, facts }: Pick<Alert, 'conditionKind' | 'closed' | 'facts'>,
  kind: LiaisonKind | null,
): WhyNotAsked | null => {
  if (isForPeopleAlone(conditionKind)) return 'for-people-alone';
  if (facts.violation.status === 'withdrawn') return 'was-not-so';
  return kind === 'court' && closed === null ? 'court-hears-last' : null;
};

/** Why a liaison that was told of an alert is not told what has changed of it. */
export type WhyNotUpdated =
  | 'liaison-unknown'
  | 'response-withdrawn'
  | 'not-named-any-more'
  | 'kind-not-for-police'
  | 'class-not-for-liaison'
  | 'care-before-enforcement';

/** Who is to be told just now, and the order as it now stands; null: there is none. */
export type HearsNow = Readonly<{ liaison: Liaison | null; order: Named | null }>;

/**
 * Why an update of an alert does not go to a liaison that was told of it: neither its policy nor
 * the order, both as they now stand, lets it hear of such any more. How grave it is matters no
 * more, and where a person had it told, only whether it still comes. Null for everything else:
 * whoever was told is told that it is over, or was not so. For `functions/notify/tell-liaison.ts`.
 */
export const whyNotUpdated = (
  { purpose, conditionKind, inFeed }: Pick<Page, 'purpose' | 'conditionKind' | 'inFeed'>,
  { liaison, order }: HearsNow,
): WhyNotUpdated | null => {
  if (purpose !== 'update') return null;
  if (liaison === null) return 'liaison-unknown';
  const { liaisonId, kind, classes, responseWithdrawn } = liaison;
  if (responseWithdrawn !== null) return 'response-withdrawn';
  if (inFeed?.decision?.rule === 'by-hand') return null;
  if (order === null || !liaisonsNamedBy(order).includes(liaisonId)) return 'not-named-any-more';
  if (conditionKind === 'welfare' && ENFORCES.includes(kind)) return 'care-before-enforcement';
  if (kind === 'police' && order.policeKinds.every((one) => one !== conditionKind)) {
    return 'kind-not-for-police';
  }
  return classes.some((one) => one === conditionKind) ? null : 'class-not-for-liaison';
};

/** Of whatever else concerns a victim's safety the police are told when the policy says. */
const IN_DANGER: readonly Violation['reason'][] = ['near-protected-person', 'wearer-device-lost'];

/** Who is told first of all, whatever the policy's steps say, of an alert of a kind. */
export const toldFirst = ({ conditionKind, reason }: Found): LiaisonKind[] => {
  if (conditionKind === 'victim-proximity') {
    const police = IN_DANGER.includes(reason) ? (['police'] as const) : [];
    return ['victim-liaison', ...police, 'mappa-panel'];
  }
  if (conditionKind === 'welfare') return ['support-service', 'mappa-panel'];
  if (isForPeopleAlone(conditionKind)) return [];
  return ['mappa-panel'];
};
