import * as z from 'zod';

export const envSchema = z.object({
  STATE_TABLE: z.string().min(1),
  MONITORING_TABLE: z.string().min(1),
  EVENTS_QUEUE_URL: z.url(),
  DEADLINES_QUEUE_URL: z.url(),
  FEED_LATE_AFTER_SECONDS: z.coerce.number().int().min(60),
});
