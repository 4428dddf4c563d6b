import * as z from 'zod';
import { violationIdSchema, wearerIdSchema } from './ids.ts';
import { instantSchema } from './instant.ts';
import { isNudgeReason, type NudgeReason, violationReasonSchema } from './reasons.ts';

export const nudgeReasonSchema = violationReasonSchema.transform((reason, context): NudgeReason => {
  if (isNudgeReason(reason)) return reason;
  context.issues.push({ code: 'custom', message: 'nothing to nudge a wearer for', input: reason });
  return z.NEVER;
});

/**
 * A message to the wearer, while there is still time. There is one for each thing found that calls
 * for one, under the id of what was found: a repeat finds it and sends no second.
 */
export const nudgeSchema = z.object({
  nudgeId: violationIdSchema,
  wearerId: wearerIdSchema,
  reason: nudgeReasonSchema,
  /** Null: the wearer has none on record, and cannot be told. */
  mobile: z.string().nullable(),
  /** IANA zone in which it tells the time. */
  timeZone: z.string(),
  /** Since when it holds. */
  openedAt: instantSchema,
  /** From when on it is of no use; null: always of some. */
  untilAt: instantSchema.nullable(),
  /** What it asks for had been done, or was over, before it was written. */
  isOver: z.boolean(),
  createdAt: instantSchema,
});
export type Nudge = z.infer<typeof nudgeSchema>;
