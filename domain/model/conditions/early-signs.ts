import * as z from 'zod';
import { conditionIdSchema } from '../ids.ts';
import { ruleNameSchema } from '../rule-name.ts';

/**
 * What goes before a breach is seen while there is time to talk. It stands in every order without
 * being written; an order may set thresholds of its own, or turn it off with null.
 */
export const earlySignsConditionSchema = z.object({
  conditionId: conditionIdSchema.default(conditionIdSchema.parse('early-signs')),
  kind: z.literal('early-signs').default('early-signs'),
  thresholds: z.partialRecord(ruleNameSchema, z.record(z.string(), z.number())).default({}),
});
