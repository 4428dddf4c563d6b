import * as z from 'zod';
import { quietHoursSchema } from './contact.ts';
import type { NudgeReason } from './reasons.ts';

/**
 * What a wearer may do without. Not that a check is due: nobody can be held to a check that they
 * were not asked for.
 */
export const optionalNudgeSchema = z.enum([
  'leave-for-home',
  'battery-low',
  'charge-tonight',
  'appointment-ahead',
]) satisfies z.ZodType<NudgeReason>;

/** How a wearer wants to be nudged. */
export const nudgeChoiceSchema = z.object({
  /** What they are not to be told of. */
  off: z.array(optionalNudgeSchema).max(4).default([]),
  /** When they want to be left alone with what can wait; null: at no time. */
  quietHours: quietHoursSchema.nullable().default(null),
});
export type NudgeChoice = z.infer<typeof nudgeChoiceSchema>;

export const isOptional = (reason: NudgeReason): boolean =>
  optionalNudgeSchema.safeParse(reason).success;
