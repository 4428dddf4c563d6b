import * as z from 'zod';
import { agencyIdSchema } from '#domain/model/ids.ts';

export const envSchema = z.object({
  AGENCY: agencyIdSchema,
  STATE_TABLE: z.string().min(1),
  MONITORING_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  EVENTS_QUEUE_URL: z.url(),
  DELIVERIES_QUEUE_URL: z.url(),
  FEED_LATE_AFTER_SECONDS: z.coerce.number().int().min(60),
});
