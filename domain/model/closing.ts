import * as z from 'zod';
import { decisionIdSchema, personIdSchema } from './ids.ts';
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

const EXPLAINED: ReadonlySet<string> = new Set<Disposition>([
  'no-action-equipment',
  'no-action-explained',
  'no-action-authorised-absence',
]);

/** Whether a person looked, and found that there was nothing to hold against the wearer. */
export const isExplained = (disposition: Closing['disposition']): boolean =>
  EXPLAINED.has(disposition);

/** How it came to its end; by nobody: by what is known now. */
export const closingSchema = z.object({
  by: personIdSchema.nullable(),
  at: instantSchema,
  disposition: z.union([dispositionSchema, z.enum(['withdrawn', 'became-graver'])]),
  reason: z.string(),
  /** The decision with which it was closed, where it was by one. */
  decisionId: decisionIdSchema.optional(),
});
export type Closing = z.infer<typeof closingSchema>;
