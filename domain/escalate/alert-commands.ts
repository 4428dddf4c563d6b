import type { WhyNotAsked } from '../liaison/who-may-hear.ts';
import type { AlertFacts, AlsoOpen, Episode } from '../model/alert.ts';
import type { Disposition } from '../model/closing.ts';
import type { DecisionId, LiaisonId, PersonId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { Policy } from '../model/person.ts';
import type { Severity } from '../model/severity.ts';
import type { Violation } from '../model/violation.ts';
import type { AlertEvent } from './alert-events.ts';
import type { Hold, HoldFound } from './held.ts';
import type { MissedPage } from './missed-page.ts';
import type { Roster } from './roster.ts';

/** What may be asked of an alert. */
export type AlertCommand =
  | Readonly<{ type: 'violation-changed'; violation: Violation; opening: Opening }>
  /**
   * `hold`: what was found of what a held alert waits for; `next`: for what it is held where it
   * would be told now.
   */
  | Readonly<{ type: 'tick'; epoch: number; hold?: HoldFound; next?: Hold | null }>
  | Readonly<{ type: 'acknowledge'; by: PersonId }>
  /** Somebody hands it on: the next step runs now. */
  | Readonly<{ type: 'escalate'; by: PersonId; epoch: number }>
  /** A person decides that a liaison is to hear of it. */
  | Readonly<{
      type: 'tell-liaison';
      by: PersonId;
      liaisonId: LiaisonId;
      epoch: number;
      reason: string;
    }>
  /** A page can never be delivered, or has not been for minutes. */
  | (Readonly<{ type: 'page-failed' | 'page-late' }> & MissedPage)
  | Readonly<{
      type: 'close';
      by: PersonId;
      epoch: number;
      disposition: Disposition;
      reason: string;
      decisionId?: DecisionId | undefined;
    }>
  /** Somebody takes back the decision with which it was closed. */
  | Readonly<{ type: 'withdraw-closing'; by: PersonId; decisionId: DecisionId; reason: string }>;

/** What an alert needs to know when it opens. */
export type Opening = Readonly<{
  severity: Severity;
  policy: Policy;
  policyVersion: number;
  facts: AlertFacts;
  /** Whether it may not close by itself. */
  isReviewed: boolean;
  isTest?: boolean;
  /** Absent: it is the first of its episode. */
  episode?: Episode;
  /** Present where nobody is told of it yet. */
  hold?: Hold;
}>;

export type Refusal = Readonly<{
  code:
    | 'alert-unknown'
    | 'already-acknowledged'
    | 'already-closed'
    | 'second-person-needed'
    | 'liaison-not-told'
    | 'disposition-not-for-class'
    | WhyNotAsked
    | 'stale-epoch';
  /** Who acted, and when, where somebody has. */
  by: PersonId | null;
  at: Instant | null;
}>;

/** Why nothing happened, where nothing had to. */
export type Idle =
  | 'violation-known'
  | 'violation-over-before-alert'
  | 'stale-tick'
  | 'early-tick'
  | 'failure-known'
  | 'already-acknowledged-by-you'
  | 'liaison-told-before'
  | 'closed-otherwise';

export type AlertDecision =
  | Readonly<{ outcome: 'happened'; events: readonly AlertEvent[] }>
  | Readonly<{ outcome: 'nothing'; reason: Idle }>
  | Readonly<{ outcome: 'refused'; refusal: Refusal }>;

export type Moment = Readonly<{
  now: Instant;
  roster: Roster;
  /** What is held under the alert. */
  also?: readonly AlsoOpen[];
  /** Who hands it on just now: whoever has let go is not told by that. */
  handedOnBy?: PersonId;
}>;

/** Something happened, in this order. */
export const happened = (...events: AlertEvent[]): AlertDecision => ({
  outcome: 'happened',
  events,
});
/** Nothing had to happen, and why. */
export const nothing = (reason: Idle): AlertDecision => ({ outcome: 'nothing', reason });

/** Somebody may not do what they asked, and who acted before them. */
export const refuse = (
  code: Refusal['code'],
  acted: Readonly<{ by: PersonId | null; at: Instant }> | null = null,
): AlertDecision => ({
  outcome: 'refused',
  refusal: { code, by: acted?.by ?? null, at: acted?.at ?? null },
});
