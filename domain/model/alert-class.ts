import * as z from 'zod';
import { conditionKindSchema } from './order.ts';

/**
 * What an alert is about: the kind of condition; a concern for the wearer's own welfare; or a
 * transfer to a liaison that nobody there has accepted.
 */
export const alertClassSchema = z.enum([...conditionKindSchema.options, 'welfare', 'transfer']);
export type AlertClass = z.infer<typeof alertClassSchema>;
