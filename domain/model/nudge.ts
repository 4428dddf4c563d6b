import * as z from 'zod';
import { violationIdSchema, wearerIdSchema } from './ids.ts';
import { instantSchema } from './instant.ts';
import type { NudgeReason } from './reasons.ts';

export const nudgeReasonSchema = z.enum([
  'check-due',
  'leave-for-home',
]) satisfies z.ZodType<NudgeReason>;

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
