import * as z from 'zod';

/** Probability at which a violation opens; policy, not arithmetic, so it is the order's. */
export const certaintySchema = z.number().min(0.5).max(0.98);
