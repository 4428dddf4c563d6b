import * as z from 'zod';
import { conditionIdSchema, wearerIdSchema } from '../ids.ts';
import { certaintySchema } from './certainty.ts';

/** Nearer than this two people count as together. */
export const togetherMetresSchema = z.number().min(10).max(5_000);
/** How long they must be so, to be more than passing by. */
export const dwellSecondsSchema = z.number().int().min(0).max(7_200);

/** The wearer does not meet another person who has a device, whether on monitoring or not. */
export const nonAssociationConditionSchema = z.object({
  conditionId: conditionIdSchema,
  kind: z.literal('non-association'),
  certainty: certaintySchema.optional(),
  otherWearerId: wearerIdSchema,
  togetherMetres: togetherMetresSchema.optional(),
  dwellSeconds: dwellSecondsSchema.optional(),
});
