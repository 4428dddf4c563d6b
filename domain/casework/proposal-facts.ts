import type { Minutes } from '../evaluate/added-up.ts';
import type { CaseworkPolicy } from '../model/casework-policy.ts';
import { type Closing, isExplained } from '../model/closing.ts';
import type { ViolationId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { Order } from '../model/order.ts';
import type { TextsOff } from '../model/texts-off.ts';
import type { Violation } from '../model/violation.ts';
import type { Decision } from './decision.ts';
import type { LevelAt } from './supervision-level.ts';

/** What was found, and how its alert was closed; null: there is none, or nobody has. */
export type Finding = Readonly<{ violation: Violation; closed: Closing | null }>;

/** All that a proposal may rest on, as it is on record at an instant. */
export type ProposalFacts = Readonly<{
  now: Instant;
  order: Order;
  policy: CaseworkPolicy;
  level: LevelAt;
  findings: readonly Finding[];
  /** Those that stand: what was withdrawn counts for nothing. */
  decisions: readonly Decision[];
  /** The sum that is nearest to its limit; null: nothing is added up. */
  minutes: Minutes | null;
  /** When no text asked for a check, as the wearer had texted STOP. */
  textsOff: readonly TextsOff[];
}>;

/** An answer that lets it go: what was excused is held against nobody. */
const isLetGo = ({ kind }: Decision): boolean =>
  kind === 'no-action' || kind === 'excuse-accepted' || kind === 'authorised-absence';

const idsIn = (decisions: readonly Decision[]): Set<ViolationId> =>
  new Set(decisions.flatMap(({ found }) => found.map(({ violationId }) => violationId)));

const isLetGoAs = (closed: Closing | null): boolean =>
  closed !== null && (isExplained(closed.disposition) || closed.disposition === 'withdrawn');

/** Findings that people have let go, by a decision that stands or as they closed an alert. */
const isLetGoBy = (decisions: readonly Decision[]): ((finding: Finding) => boolean) => {
  const ids = idsIn(decisions.filter(isLetGo));
  return ({ violation, closed }) => ids.has(violation.violationId) || isLetGoAs(closed);
};

/** What was found and is held against nobody, though evaluation has not taken it back. */
export const letGoIn = ({ findings, decisions }: ProposalFacts): Violation[] =>
  findings
    .filter(isLetGoBy(decisions))
    .map(({ violation }) => violation)
    .filter(({ status }) => status !== 'withdrawn');

/** What still counts, and which of it somebody has answered already. */
export type Counted = Readonly<{ violation: Violation; isAnswered: boolean }>;

/**
 * Findings without those that were taken back or excused, the oldest first; each with whether a
 * decision that stands, or the way its alert was closed, has answered it.
 */
export const countedOf = ({ findings, decisions }: ProposalFacts): Counted[] => {
  const isGone = isLetGoBy(decisions);
  const answered = idsIn(decisions.filter((one) => !isLetGo(one)));
  return findings
    .filter(
      (finding) =>
        finding.violation.status !== 'withdrawn' &&
        // The graver one that tells of the same counts for both.
        finding.violation.endReason !== 'became-graver' &&
        !isGone(finding),
    )
    .map(({ violation, closed }) => ({
      violation,
      isAnswered: answered.has(violation.violationId) || (closed !== null && closed.by !== null),
    }))
    .toSorted((a, b) => a.violation.openedAt - b.violation.openedAt);
};

/** How many warnings stand: by a decision, or by closing an alert as one without. */
export const warningsStanding = (facts: ProposalFacts, since: Instant): number => {
  const decided = facts.decisions.filter(
    ({ kind, decidedAt }) =>
      (kind === 'first-warning' || kind === 'second-warning') && decidedAt >= since,
  );
  const closed = facts.findings.filter(
    ({ closed: how }) =>
      how !== null &&
      how.decisionId === undefined &&
      (how.disposition === 'first-warning' || how.disposition === 'second-warning') &&
      how.at >= since,
  );
  return decided.length + closed.length;
};
