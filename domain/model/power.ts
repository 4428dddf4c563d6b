import * as z from 'zod';

/**
 * Whether somebody who is found in breach may be arrested for it. Unknown until somebody who knows
 * the order has said so: no officer is told of a power that nobody has looked up.
 */
export const powerOfArrestSchema = z.enum(['yes', 'no', 'unknown']);

/** The same as orders have it, the older of which say true, or false for want of a better word. */
export const ordersPowerSchema = z.preprocess(
  (said) => (typeof said === 'boolean' ? (said ? 'yes' : 'unknown') : said),
  powerOfArrestSchema,
);
