import * as z from 'zod';
import { alertIdSchema, personIdSchema } from './ids.ts';
import { instantSchema } from './instant.ts';

/**
 * How a human closed it. Ours alone are `withdrawn`, where later evidence or an excuse took the
 * violation back, and `became-graver`, where another alert goes on from it.
 */
export const dispositionSchema = z.enum([
  'no-action-equipment',
  'no-action-explained',
  'no-action-authorised-absence',
  'first-warning',
  'second-warning',
  'referral',
  'supervision-change',
  'breach-initiated',
  'recall-requested',
]);
export type Disposition = z.infer<typeof dispositionSchema>;

/** How it came to its end; by nobody: by what is known now. */
export const closingSchema = z.object({
  by: personIdSchema.nullable(),
  at: instantSchema,
  disposition: z.union([dispositionSchema, z.enum(['withdrawn', 'became-graver'])]),
  reason: z.string(),
});
export type Closing = z.infer<typeof closingSchema>;

/** Why a liaison is told of an alert at all: a person has decided so, or a rule of ours does. */
export const tellingDecisionSchema = z.object({
  rule: z.enum(['by-hand', 'policy-step', 'told-first', 'goes-on', 'court-last']),
  /** The person; null: nobody had to. */
  by: personIdSchema.nullable(),
  /** What they wrote. */
  reason: z.string().nullable(),
});
export type TellingDecision = z.infer<typeof tellingDecisionSchema>;

/** Where a message stands in what one liaison is told of an alert. */
export const inFeedSchema = z.object({
  /** 1, 2, 3 ... without a gap. */
  sequence: z.number().int().min(1),
  /** The alert that this one goes on from; null where it is the first of its episode. */
  follows: alertIdSchema.nullable(),
  /** How it has ended; null: it has not. */
  outcome: z.object({ disposition: closingSchema.shape.disposition, why: z.string() }).nullable(),
  /** Why it is told; absent of messages of before that was kept. */
  decision: tellingDecisionSchema.optional(),
});
export type InFeed = z.infer<typeof inFeedSchema>;
