import * as z from 'zod';
import type { ThresholdPolicy } from '../model/threshold-policy.ts';
import { RULES } from './rules.ts';

export type ThresholdProblem = Readonly<{ path: string; code: string; message: string }>;

/** Everything in an agency's thresholds that no rule can go by, each with its field. */
export const thresholdProblems = ({ thresholds }: ThresholdPolicy): ThresholdProblem[] =>
  Object.entries(thresholds).flatMap(([name, numbers]): ThresholdProblem[] => {
    const path = `thresholds.${name}`;
    const rule = RULES.find((one) => one.name === name);
    if (rule === undefined) {
      const message = `no rule called ${name} goes by thresholds`;
      return [{ path, code: 'unknown-rule', message }];
    }
    return Object.entries(numbers).flatMap(([field, value]): ThresholdProblem[] => {
      const schema = rule.thresholds.shape[field];
      const at = `${path}.${field}`;
      if (schema === undefined) {
        const known = Object.keys(rule.thresholds.shape).join(', ') || 'none';
        const message = `${name} has no threshold ${field}; it has ${known}`;
        return [{ path: at, code: 'unknown-threshold', message }];
      }
      const read = z.safeParse(schema, value);
      if (read.success) return [];
      const message = read.error.issues.map((issue) => issue.message).join('; ');
      return [{ path: at, code: 'out-of-bounds', message }];
    });
  });
