import * as z from 'zod';
import { conditionIdSchema, timetableIdSchema } from '../ids.ts';
import { placeSchema } from '../place.ts';
import { certaintySchema } from './certainty.ts';

/** Time after the start of a curfew, or after leaving, before an absence is a violation. */
export const graceSecondsSchema = z.number().int().min(0).max(7_200);

/** A further address at which the wearer may spend the curfew. */
export const otherPlaceSchema = placeSchema.extend({
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
  /** Unexcused minutes that may add up; absent: none are added up. */
  allowanceMinutes: z.number().int().min(1).max(10_080).optional(),
  warningShare: z.number().min(0.1).max(1).optional(),
  allowanceDays: z.number().int().min(1).max(366).optional(),
});
