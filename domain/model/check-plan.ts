import * as z from 'zod';
import { conditionIdSchema } from './ids.ts';
import { instantSchema } from './instant.ts';

/** What a plan is drawn from: 256 random bits, kept with it and shown to no wearer. */
export const checkSeedSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a seed has 64 hexadecimal digits');

/** The checks of one condition, in order: drawn beforehand, from an instant until another. */
const checkPlanSchema = z.object({
  fromAt: instantSchema,
  untilAt: instantSchema,
  askedAt: z.array(instantSchema),
});
export type CheckPlan = Readonly<z.infer<typeof checkPlanSchema>>;

/** The plans of an order's check-ins, by condition. */
const checkPlansSchema = z.object({
  seed: checkSeedSchema,
  plans: z.record(conditionIdSchema, checkPlanSchema),
});
export type CheckPlans = z.infer<typeof checkPlansSchema>;
