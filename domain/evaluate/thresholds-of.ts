import type { Condition } from '../model/order.ts';
import {
  type ThresholdPolicy,
  type Thresholds,
  thresholdsSchema,
} from '../model/threshold-policy.ts';
import type { Rule } from './rule.ts';

const numbersAmong = (written: object, names: readonly string[]): Thresholds =>
  Object.fromEntries(
    Object.entries(written).filter(
      ([name, value]) => names.includes(name) && typeof value === 'number',
    ),
  );

/** What a condition itself says: its own fields, or those it keeps for this rule. */
const writtenIn = (condition: Condition, { name }: Rule): object =>
  'thresholds' in condition ? (condition.thresholds[name] ?? {}) : condition;

/** Those of a rule's numbers that a condition sets itself, whatever they are. */
export const numbersWritten = (rule: Rule, condition: Condition): Thresholds =>
  numbersAmong(writtenIn(condition, rule), Object.keys(rule.thresholds.shape));

/**
 * The numbers by which a rule watches a condition: the order's where it sets them, else the
 * agency's, else Homeward's own policy's. Throws a ZodError where they are out of bounds.
 */
export const thresholdsOf = (
  rule: Rule,
  condition: Condition,
  policy: ThresholdPolicy | null,
): Thresholds => {
  const asked = {
    ...rule.usual,
    ...policy?.thresholds[rule.name],
    ...numbersWritten(rule, condition),
  };
  return thresholdsSchema.parse(rule.thresholds.parse(asked));
};
