import type { OrderId, WearerRef } from '../model/ids.ts';
import type { Condition } from '../model/order.ts';
import type { Activation } from '../model/wearer.ts';
import type { CompiledTimetable } from '../time/compile-timetable.ts';
import type { Question } from './position/question.ts';

/**
 * One condition of an order, compiled: everything a rule needs that does not change from fix to
 * fix.
 */
export type SupervisedCondition<C extends Condition = Condition> = Readonly<{
  condition: C;
  /** Its kind, and a digest of what it asks of the position model. */
  version: string;
  orderId: OrderId;
  orderVersion: number;
  /** When the condition applies, clipped to the order's dates. */
  active: CompiledTimetable;
  /** Evidence older than this says nothing of now: three reporting intervals. */
  staleAfterSeconds: number;
  question: Question;
}>;

/** All that is watched of one wearer, under one key that changes with any version behind it. */
export type Supervision = Readonly<{
  wearer: WearerRef;
  key: string;
  conditions: readonly SupervisedCondition[];
  activations: readonly Activation[];
}>;
