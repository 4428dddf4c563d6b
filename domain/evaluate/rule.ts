import type { Instant } from '../model/instant.ts';
import type { Condition } from '../model/order.ts';
import type { ViolationReason } from '../model/violation.ts';
import type { Weights } from './position/hypotheses.ts';
import type { SupervisedCondition } from './supervision.ts';

/** Instants that a rule carries from one judgement to the next, under names of its own. */
export type Memory = Readonly<Record<string, Instant>>;

/** What a rule may look at: the condition, what is believed, and the instant it is asked about. */
export type Seen<C extends Condition = Condition> = Readonly<{
  supervised: SupervisedCondition<C>;
  /** Probability of each hypothesis of the condition's question. */
  believed: Weights;
  memory: Memory;
  newestEvidenceAt: Instant | null;
  at: Instant;
}>;

type Answer = Readonly<{
  memory: Memory;
  /** When the answer may change without new evidence; null if it cannot. */
  dueAt: Instant | null;
}>;

export type NotApplicableReason = 'outside-hours';
export type SatisfiedReason = 'clear-of-zone' | 'at-home';
export type UndeterminedReason =
  | 'no-recent-evidence'
  | 'near-the-edge'
  | 'uncertain'
  | 'within-grace'
  | 'no-evidence-since-start'
  | 'hours-unknown'
  | 'not-yet-in-force'
  | 'rule-failed';

/** A rule's answer. No data never reads as compliance, and never as guilt: it is `undetermined`. */
export type Judgement = Answer &
  (
    | Readonly<{ verdict: 'violated'; reason: ViolationReason; since: Instant; certainty: number }>
    | Readonly<{ verdict: 'satisfied'; reason: SatisfiedReason }>
    | Readonly<{ verdict: 'not-applicable'; reason: NotApplicableReason }>
    | Readonly<{ verdict: 'undetermined'; reason: UndeterminedReason }>
  );

/** One kind of condition, one file, one function. */
export type Rule<C extends Condition> = (seen: Seen<C>) => Judgement;
