import * as z from 'zod';
import { caseworkPolicySchema } from './casework-policy.ts';
import { thresholdPolicyIdSchema } from './ids.ts';
import { ruleNameSchema } from './rule-name.ts';

/** Numbers that a rule goes by, under its own names. */
export const thresholdsSchema = z.record(z.string(), z.number());
export type Thresholds = Readonly<Record<string, number>>;

/**
 * An agency's thresholds where an order sets none: what it leaves out is as Homeward's own policy
 * has it. Versioned like any document; `legalBasis` says on what they rest.
 */
export const thresholdPolicySchema = z.object({
  thresholdPolicyId: thresholdPolicyIdSchema,
  legalBasis: z.string().min(1).max(500),
  thresholds: z.partialRecord(ruleNameSchema, thresholdsSchema),
  /** What people here go by: clocks, holidays, proposals. Absent: Homeward's own. */
  casework: caseworkPolicySchema.optional(),
});
export type ThresholdPolicy = z.infer<typeof thresholdPolicySchema>;
