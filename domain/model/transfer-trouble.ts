import * as z from 'zod';
import { alertIdSchema, liaisonIdSchema, policyIdSchema } from './ids.ts';
import { severitySchema } from './severity.ts';

/** Why a control room takes an incident not, in the words that control rooms reject with. */
export const rejectionCauseSchema = z.enum([
  'bad-address',
  'not-our-area',
  'event-type',
  'too-old',
  'no-power',
  'duplicate',
  'response-withdrawn',
  'unknown-reference',
  'other',
]);
export type RejectionCause = z.infer<typeof rejectionCauseSchema>;

/** Why nobody there has an incident in hand. */
export const troubleCauseSchema = z.enum([
  ...rejectionCauseSchema.options,
  // Nobody there has said anything for too long.
  'no-answer',
  // Their system took it, and could not bring it to anybody; or took it for too old.
  'unroutable',
  'expired',
  // They had accepted it, and have given up on it.
  'aborted',
]);
export type TroubleCause = z.infer<typeof troubleCauseSchema>;

/** What a transfer that nobody accepts is about: all that its own alert needs to know of it. */
export const transferTroubleSchema = z.object({
  incidentId: z.string().min(1).max(64),
  liaisonId: liaisonIdSchema,
  liaisonName: z.string(),
  cause: troubleCauseSchema,
  /** The alert that was transferred, what it is about in words, and how grave it is. */
  alertId: alertIdSchema,
  about: z.string(),
  severity: severitySchema,
  /** Who is called. */
  policyId: policyIdSchema,
});
export type TransferTrouble = z.infer<typeof transferTroubleSchema>;
