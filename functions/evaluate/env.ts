import * as z from 'zod';

export const envSchema = z.object({
  STATE_TABLE: z.string().min(1),
  MONITORING_TABLE: z.string().min(1),
  TRAIL_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  EVENTS_QUEUE_URL: z.url(),
  EVENTS_DLQ_URL: z.url(),
  EVENTS_QUEUE_ARN: z.string().min(1),
  SCHEDULE_GROUP: z.string().min(1),
  SCHEDULE_ROLE_ARN: z.string().min(1),
});
