import * as z from 'zod';
import type { Condition, Order } from '../model/order.ts';
import type { ThresholdPolicy, Thresholds } from '../model/threshold-policy.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';
import { numbersWritten } from './thresholds-of.ts';

export type ThresholdProblem = Readonly<{ path: string; code: string; message: string }>;

/** Everything in a rule's numbers that it cannot go by, each with its field. */
const inNumbers = (rule: Rule, numbers: Thresholds, path: string): ThresholdProblem[] =>
  Object.entries(numbers).flatMap(([field, value]): ThresholdProblem[] => {
    const schema = rule.thresholds.shape[field];
    const at = `${path}.${field}`;
    if (schema === undefined) {
      const known = Object.keys(rule.thresholds.shape).join(', ') || 'none';
      const message = `${rule.name} has no threshold ${field}; it has ${known}`;
      return [{ path: at, code: 'unknown-threshold', message }];
    }
    const read = z.safeParse(schema, value);
    if (read.success) return [];
    const message = read.error.issues.map((issue) => issue.message).join('; ');
    return [{ path: at, code: 'out-of-bounds', message }];
  });

/** The same of numbers by the names of rules, where only some rules can be meant. */
const inRules = (
  thresholds: ThresholdPolicy['thresholds'],
  rules: readonly Rule[],
  path: string,
): ThresholdProblem[] =>
  Object.entries(thresholds).flatMap(([name, numbers]): ThresholdProblem[] => {
    const at = `${path}.${name}`;
    const rule = rules.find((one) => one.name === name);
    if (rule !== undefined) return inNumbers(rule, numbers, at);
    const message = `no rule called ${name} goes by thresholds that stand here`;
    return [{ path: at, code: 'unknown-rule', message }];
  });

/** Everything in an agency's thresholds that no rule can go by, each with its field. */
export const thresholdProblems = ({ thresholds }: ThresholdPolicy): ThresholdProblem[] =>
  inRules(thresholds, RULES, 'thresholds');

const rulesOf = ({ kind }: Condition): Rule[] =>
  RULES.filter(({ kinds }) => kinds.some((one) => one === kind));

const inCondition = (condition: Condition, path: string): ThresholdProblem[] => {
  const rules = rulesOf(condition);
  if ('thresholds' in condition) return inRules(condition.thresholds, rules, `${path}.thresholds`);
  const found = rules.flatMap((rule) => inNumbers(rule, numbersWritten(rule, condition), path));
  // Several rules may go by one field.
  return [...new Map(found.map((problem) => [problem.path, problem])).values()];
};

/**
 * Everything in an order's own thresholds that no rule can go by, each with its field: compiled, it
 * would stop everything that is watched of the wearer.
 */
export const orderThresholdProblems = (order: Order): ThresholdProblem[] => [
  ...order.conditions.flatMap((condition, i) => inCondition(condition, `conditions.${i}`)),
  ...(order.deviceCare === null ? [] : inCondition(order.deviceCare, 'deviceCare')),
  ...(order.earlySigns === null ? [] : inCondition(order.earlySigns, 'earlySigns')),
];
