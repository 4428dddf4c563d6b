import type { CheckPlan } from '../model/check-plan.ts';
import type { OrderId, WatchId, WearerId, WearerRef } from '../model/ids.ts';
import type { Condition } from '../model/order.ts';
import type { RuleName } from '../model/rule-name.ts';
import type { Thresholds } from '../model/threshold-policy.ts';
import type { KnownVisit } from '../model/visit.ts';
import type { Activation } from '../model/wearer.ts';
import type { CompiledTimetable } from '../time/compile-timetable.ts';
import type { ActiveInterval } from '../time/interval-sets.ts';
import type { Plausibility } from './movement/plausibility.ts';
import type { Question } from './position/question.ts';

/**
 * One rule watching one condition of an order, compiled: everything that it needs and that does
 * not change from input to input. A condition may have several watches.
 */
export type Watch<C extends Condition = Condition, T extends Thresholds = Thresholds> = Readonly<{
  watchId: WatchId;
  /** The condition's first watch, which the others may look at. */
  firstWatchId: WatchId;
  /** Whose order it is. */
  about: WearerId;
  rule: RuleName;
  /** Which of the rule's watches of this condition: '' unless it has several. */
  tier: string;
  condition: C;
  thresholds: T;
  /** Its rule, and a digest of what it asks of the position model. */
  version: string;
  /** IANA zone of the order. */
  timeZone: string;
  orderId: OrderId;
  orderVersion: number;
  /** Every device that is, was or will be on the wearer. */
  activations: readonly Activation[];
  /** Home visits of which the outcome is not on record, or was not for a while. */
  visits: readonly KnownVisit[];
  /** When the condition applies, clipped to the order's dates. */
  active: CompiledTimetable;
  /** Stretches of those hours that a permission lifted: `active` does not hold them. */
  permitted: readonly ActiveInterval[];
  /** Evidence older than this says nothing of now: three reporting intervals. */
  staleAfterSeconds: number;
  /** What it knows is of the device that the wearer has on, and goes with it. */
  isOfDevice: boolean;
  /** The checks that its condition asks for; null where it asks for none. */
  planned: CheckPlan | null;
  /** What it asks of the position model; null: nothing. */
  question: Question | null;
  /** Whether it minds the way between two fixes. */
  mindsWays: boolean;
}>;

/** By what the fixes of each of two people are weighed. */
export type PlausibilityOf = Readonly<Partial<Record<WearerId, Plausibility>>>;

/** All that is watched of one wearer, under one key that changes with any version behind it. */
export type Supervision = Readonly<{
  wearer: WearerRef;
  key: string;
  watches: readonly Watch[];
  /** By what a fix is weighed before anything is believed of it; absent: by nothing. */
  plausibility?: Plausibility;
  /** The same of two people, for each. */
  plausibilityOf?: PlausibilityOf;
  activations: readonly Activation[];
  /** Two people instead of one: whose devices the activations are. */
  members?: readonly [WearerId, WearerId];
  /** The pairs that must hear of this wearer. */
  pairs?: readonly WearerId[];
}>;
