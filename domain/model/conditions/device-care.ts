import * as z from 'zod';
import { conditionIdSchema } from '../ids.ts';
import { ruleNameSchema } from '../rule-name.ts';

/**
 * The wearer keeps the device on, charged and in contact. It stands in every order without being
 * written; an order may set thresholds of its own, rule by rule, or turn it off with null.
 */
export const deviceCareConditionSchema = z.object({
  conditionId: conditionIdSchema.default(conditionIdSchema.parse('device-care')),
  kind: z.literal('device-care').default('device-care'),
  thresholds: z.partialRecord(ruleNameSchema, z.record(z.string(), z.number())).default({}),
});
