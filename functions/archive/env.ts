import * as z from 'zod';

export const envSchema = z.object({
  TRAIL_TABLE: z.string().min(1),
  TRAIL_BUCKET: z.string().min(1),
});
