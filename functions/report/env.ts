import * as z from 'zod';
import { liaisonIdSchema } from '#domain/model/ids.ts';

export const envSchema = z.object({
  MONITORING_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  STATE_TABLE: z.string().min(1),
  TRAIL_TABLE: z.string().min(1),
  TRAIL_BUCKET: z.string().min(1),
  REPORT_BUCKET: z.string().min(1),
  /** Where prints are verified. */
  PUBLIC_URL: z.url(),
  /** Divided by commas. */
  FORCES: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(liaisonIdSchema)),
  FALSE_CALL_BUDGET: z.coerce.number().int().min(1),
  MOST_RECEIVES: z.coerce.number().int().min(1),
});

/** What Lambda itself says: where the bundle lies, with its fonts beside it. */
export const placeSchema = z.object({ LAMBDA_TASK_ROOT: z.string().min(1) });
