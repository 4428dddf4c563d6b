import * as z from 'zod';
import type { Condition, Order } from '../model/order.ts';
import type { RuleName } from '../model/rule-name.ts';
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

/** A number that may be no more than so many times another: else one of them tells nothing. */
type Bound = Readonly<{ field: string; most: string; times: number }>;

const BOUNDS: Readonly<Partial<Record<RuleName, Bound>>> = {
  'location-lost': { field: 'motionSeconds', most: 'motionWithinSeconds', times: 1 },
  'accumulated-time': { field: 'atvMinutes', most: 'atvDays', times: 1_440 },
  'early-warning': { field: 'lateSeconds', most: 'lateMostSeconds', times: 1 },
  'device-silent': { field: 'alarmSeconds', most: 'escalateSeconds', times: 1 },
  battery: { field: 'criticalPercent', most: 'lowPercent', times: 1 },
};

/** What is set, and what stands where it sets nothing; null: that is not known here. */
type Stated = Readonly<{ numbers: Thresholds; rest: Thresholds | null }>;

/** Numbers each of which could be gone by, and not both together. */
const together = (rule: Rule, { numbers, rest }: Stated, path: string): ThresholdProblem[] => {
  const bound = BOUNDS[rule.name];
  if (bound === undefined) return [];
  const { field, most, times } = bound;
  const all = { ...rest, ...numbers };
  const [value = 0, limit = Number.POSITIVE_INFINITY] = [all[field], all[most]];
  const isSet = field in numbers || most in numbers;
  if (!isSet || value <= times * limit) return [];
  const message = `${field} ${value} is more than ${most} ${limit} allows: one of them would never be told of`;
  return [{ path: `${path}.${field}`, code: 'never-reached', message }];
};

type AllSet = Readonly<{ thresholds: ThresholdPolicy['thresholds']; isAlone: boolean }>;

/** The same of numbers by the names of rules, where only some rules can be meant. */
const inRules = (
  { thresholds, isAlone }: AllSet,
  rules: readonly Rule[],
  path: string,
): ThresholdProblem[] =>
  Object.entries(thresholds).flatMap(([name, numbers]): ThresholdProblem[] => {
    const at = `${path}.${name}`;
    const rule = rules.find((one) => one.name === name);
    if (rule !== undefined) {
      const rest = isAlone ? rule.usual : null;
      return [...inNumbers(rule, numbers, at), ...together(rule, { numbers, rest }, at)];
    }
    const message = `no rule called ${name} goes by thresholds that stand here`;
    return [{ path: at, code: 'unknown-rule', message }];
  });

/** Everything in an agency's thresholds that no rule can go by, each with its field. */
export const thresholdProblems = ({ thresholds }: ThresholdPolicy): ThresholdProblem[] =>
  inRules({ thresholds, isAlone: true }, RULES, 'thresholds');

const rulesOf = ({ kind }: Condition): Rule[] =>
  RULES.filter(({ kinds }) => kinds.some((one) => one === kind));

type Written = Readonly<{ condition: Condition; path: string; isAlone: boolean }>;

const inCondition = ({ condition, path, isAlone }: Written): ThresholdProblem[] => {
  const rules = rulesOf(condition);
  if ('thresholds' in condition) {
    const { thresholds } = condition;
    return inRules({ thresholds, isAlone }, rules, `${path}.thresholds`);
  }
  const found = rules.flatMap((rule) => {
    const numbers = numbersWritten(rule, condition);
    const rest = isAlone ? rule.usual : null;
    return [...inNumbers(rule, numbers, path), ...together(rule, { numbers, rest }, path)];
  });
  // Several rules may go by one field.
  return [...new Map(found.map((problem) => [problem.path, problem])).values()];
};

/**
 * Everything in an order's own thresholds that no rule can go by, each with its field: compiled, it
 * would stop everything that is watched of the wearer, or never tell of it.
 */
export const orderThresholdProblems = (order: Order): ThresholdProblem[] => {
  const { conditions, deviceCare, earlySigns } = order;
  // What an agency's own thresholds set beside it is not known here.
  const isAlone = order.thresholdPolicyId === null;
  const standing = { deviceCare, earlySigns };
  return [
    ...conditions.flatMap((condition, i) =>
      inCondition({ condition, path: `conditions.${i}`, isAlone }),
    ),
    ...Object.entries(standing).flatMap(([path, condition]) =>
      condition === null ? [] : inCondition({ condition, path, isAlone }),
    ),
  ];
};
