import * as z from 'zod';
import { isoInstantSchema } from './instant.ts';

/**
 * Whether somebody who is found in breach may be arrested for it. Unknown until somebody who knows
 * the order has said so: no officer is told of a power that nobody has looked up.
 */
export const powerOfArrestSchema = z.enum(['yes', 'no', 'unknown']);
export type PowerOfArrest = z.infer<typeof powerOfArrestSchema>;

/** When a power of arrest ends; null: with the order. */
export const powerEndsAtSchema = isoInstantSchema.nullable().default(null);
