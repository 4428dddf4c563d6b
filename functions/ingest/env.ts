import * as z from 'zod';

export const envSchema = z.object({
  MONITORING_TABLE: z.string().min(1),
  ALLOWANCE_TABLE: z.string().min(1),
  EVENTS_QUEUE_URL: z.url(),
});
