import * as z from 'zod';
import { toldFirst } from '../liaison/who-may-hear.ts';
import type { Alert, AlsoOpen, Held } from '../model/alert.ts';
import type { Episodes, KnownAlert } from '../model/episodes.ts';
import type { AlertId } from '../model/ids.ts';
import { type Instant, secondsAfter } from '../model/instant.ts';
import type { ViolationReason } from '../model/reasons.ts';
import { compareSeverity } from '../model/severity.ts';
import type { Violation } from '../model/violation.ts';
import type { Opening } from './alert-commands.ts';
import { heldUnder } from './episodes.ts';
import { type Hold, type HoldFound, holdOf } from './held.ts';
import { isQuiet } from './open-alert.ts';
import type { Roster } from './roster.ts';
import { isSafety } from './safety.ts';

/** How long an alert is held at most for another one of its wearer, and how often looked at. */
export const holdLimitsSchema = z.object({
  /** Under another alert that is being told; 0: each is told for itself. */
  groupedSeconds: z.number().int().min(0).max(3_600),
  groupedEverySeconds: z.number().int().min(60).max(3_600),
  /** While a tamper explains it; 0: each is told for itself. */
  inhibitedSeconds: z.number().int().min(0).max(604_800),
  inhibitedEverySeconds: z.number().int().min(60).max(3_600),
});
export type HoldLimits = z.infer<typeof holdLimitsSchema>;

/** A new alert, and what of its wearer goes on. */
type Newcomer = Readonly<{
  violation: Violation;
  opening: Opening;
  liaisons: Roster['liaisons'];
  episodes: Episodes;
  now: Instant;
}>;

/** Whoever has cut a strap or opened a device explains why nothing good comes of it any more. */
const EXPLAINS: readonly ViolationReason[] = ['strap-open', 'case-open'];
const EXPLAINED: readonly Violation['rule'][] = ['location-lost', 'device-silent'];

const isAsGrave = (one: KnownAlert, { opening }: Newcomer): boolean =>
  compareSeverity(one.severity, opening.severity) >= 0;

/** The gravest of some, the first of several. */
const gravest = (alerts: readonly KnownAlert[]): KnownAlert | null =>
  [...alerts].sort((a, b) => compareSeverity(b.severity, a.severity))[0] ?? null;

/**
 * Held because a tamper that goes on explains it: somebody has been told of that one, and it is at
 * least as grave. A violation does not name its device, so the wearer's stands for it.
 */
const inhibited = (newcomer: Newcomer, limits: HoldLimits): Hold | null => {
  const { violation, episodes, now } = newcomer;
  if (limits.inhibitedSeconds === 0 || !EXPLAINED.includes(violation.rule)) return null;
  const cause = gravest(
    episodes.alerts.filter(
      (one) =>
        EXPLAINS.includes(one.reason) &&
        one.endedAt === null &&
        (one.stage === 'told' || one.stage === 'taken') &&
        isAsGrave(one, newcomer),
    ),
  );
  if (cause === null) return null;
  const held: Held = {
    ...{ why: 'inhibited', byAlertId: cause.alertId, backAt: null },
    untilAt: secondsAfter(now, limits.inhibitedSeconds),
    everySeconds: limits.inhibitedEverySeconds,
  };
  return holdOf(held, now);
};

const mayTellOutside = ({ opening: { policy }, liaisons, violation }: Newcomer): boolean => {
  const targets = policy.steps.flatMap((step) => step.targets.map(({ kind }) => `${kind}`));
  const kinds = [...targets, ...toldFirst(violation)];
  return liaisons.some(({ kind, whyNot }) => whyNot === null && kinds.includes(kind ?? ''));
};

/**
 * Held under an alert that is being told and that nobody has taken in hand: one page then says how
 * many there are. Never what safety hangs on, nor what a liaison is to hear of: the other alert
 * may be about something of which they hear nothing.
 */
const grouped = (newcomer: Newcomer, limits: HoldLimits): Hold | null => {
  const { violation, episodes, now } = newcomer;
  if (limits.groupedSeconds === 0 || isQuiet(violation)) return null;
  if (isSafety(violation) || mayTellOutside(newcomer)) return null;
  const lead = gravest(
    episodes.alerts.filter((one) => one.stage === 'told' && isAsGrave(one, newcomer)),
  );
  if (lead === null) return null;
  const held: Held = {
    ...{ why: 'grouped', underAlertId: lead.alertId, backAt: null },
    untilAt: secondsAfter(now, limits.groupedSeconds),
    everySeconds: limits.groupedEverySeconds,
  };
  return holdOf(held, now);
};

/** For which other alert of its wearer a new one waits; null: it is told at once. */
export const holdForOthers = (newcomer: Newcomer, limits: HoldLimits): Hold | null =>
  newcomer.opening.isTest === true
    ? null
    : (inhibited(newcomer, limits) ?? grouped(newcomer, limits));

/** Whether what explains a held alert still does: until it ends, is closed, or comes to nothing. */
export const lookAtCause = (cause: Alert | null): HoldFound => {
  const isOver = cause === null || cause.status === 'closed' || cause.cleared !== null;
  return isOver || cause.facts.violation.endedAt !== null ? { is: 'over' } : { is: 'standing' };
};

/**
 * What a held alert finds of the one that leads it: still told to people; or taken in hand, by
 * people who had been told that there is this one, too. Else it has to be told for itself.
 */
export const lookAtLead = (
  lead: Alert | null,
  { alertId, acknowledgementsNeeded }: Pick<Alert, 'alertId' | 'acknowledgementsNeeded'>,
): HoldFound => {
  if (lead === null || lead.cleared !== null) return { is: 'over' };
  if (lead.status === 'open') return { is: 'standing' };
  const knew = lead.counted.find((one) => one.alertId === alertId)?.personIds ?? [];
  const by = lead.acknowledgements.map((one) => one.by).filter((id) => knew.includes(id));
  const isTaken = lead.status === 'acknowledged' && by.length >= acknowledgementsNeeded;
  return isTaken ? { is: 'taken', withAlertId: lead.alertId, by } : { is: 'over' };
};

/** What the pages of an alert say of those that are held under it. */
export const alsoOpenUnder = (episodes: Episodes, alertId: AlertId): AlsoOpen[] =>
  heldUnder(episodes, alertId).map((one) => ({
    ...{ alertId: one.alertId, reason: one.reason, since: one.since },
  }));
