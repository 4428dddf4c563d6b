import * as z from 'zod';
import { conditionIdSchema, timetableIdSchema } from '../ids.ts';
import { placeSchema } from '../place.ts';
import { certaintySchema } from './certainty.ts';

/** Time after the start of a curfew, or after leaving, before an absence is a violation. */
export const graceSecondsSchema = z.number().int().min(0).max(7_200);

export const curfewConditionSchema = z.object({
  conditionId: conditionIdSchema,
  kind: z.literal('curfew'),
  certainty: certaintySchema.optional(),
  timetableId: timetableIdSchema,
  place: placeSchema,
  graceSeconds: graceSecondsSchema.optional(),
});
