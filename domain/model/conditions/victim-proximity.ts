import * as z from 'zod';
import { conditionIdSchema, wearerIdSchema } from '../ids.ts';
import { certaintySchema } from './certainty.ts';

/** Metres of the inner circle: a judge sets 1 to 10 km in France, 500 m is usual in Spain. */
export const alertMetresSchema = z.number().min(50).max(20_000);
/** How many times as far the outer circle reaches. */
export const preAlertFactorSchema = z.number().min(1).max(5);
/** Without anything received from either device for so long it counts as lost. */
export const lossSecondsSchema = z.number().int().min(300).max(7_200);

/** The wearer keeps away from a protected person, wherever that person's device is. */
export const victimProximityConditionSchema = z.object({
  conditionId: conditionIdSchema,
  kind: z.literal('victim-proximity'),
  certainty: certaintySchema.optional(),
  protectedPersonId: wearerIdSchema,
  alertMetres: alertMetresSchema.optional(),
  preAlertFactor: preAlertFactorSchema.optional(),
  lossSeconds: lossSecondsSchema.optional(),
});
