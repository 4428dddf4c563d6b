import * as z from 'zod';
import { conditionIdSchema, timetableIdSchema } from '../ids.ts';
import { placeSchema } from '../place.ts';
import { certaintySchema } from './certainty.ts';

/** Time after the start of a curfew, or after leaving, before an absence is a violation. */
export const graceSecondsSchema = z.number().int().min(0).max(7_200);

/** Minutes of absence that add up. */
export const atvThresholds = z.object({
  /** So many of them are a violation. */
  atvMinutes: z.number().int().min(1).max(10_080),
  /** From this share of them the officer is warned. */
  atvWarningShare: z.number().min(0.1).max(1),
  /** Minutes older than so many days count no more. */
  atvDays: z.number().int().min(1).max(366),
});

/** A further address at which the wearer may spend the curfew. */
const otherPlaceSchema = placeSchema.extend({
  /** When it counts; null: whenever the curfew is in force. */
  timetableId: timetableIdSchema.nullable().default(null),
  /** Whether a home unit stands there. */
  hasHomeUnit: z.boolean().default(false),
});
export type OtherPlace = z.infer<typeof otherPlaceSchema>;

export const curfewConditionSchema = z.object({
  conditionId: conditionIdSchema,
  kind: z.literal('curfew'),
  certainty: certaintySchema.optional(),
  timetableId: timetableIdSchema,
  place: placeSchema,
  otherPlaces: z.array(otherPlaceSchema).max(4).default([]),
  graceSeconds: graceSecondsSchema.optional(),
  /** Unexcused minutes of absence that may add up (ATV); absent: they are not added up. */
  atvMinutes: atvThresholds.shape.atvMinutes.optional(),
  atvWarningShare: atvThresholds.shape.atvWarningShare.optional(),
  atvDays: atvThresholds.shape.atvDays.optional(),
});
