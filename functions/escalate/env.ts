import * as z from 'zod';
import { feedLimitsSchema } from '#domain/escalate/feed-late.ts';
import { holdLimitsSchema } from '#domain/escalate/holds.ts';

const json = z.string().transform((text): unknown => JSON.parse(text));

export const envSchema = z.object({
  MONITORING_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  DEADLINES_QUEUE_URL: z.url(),
  DEADLINES_QUEUE_ARN: z.string().min(1),
  SCHEDULE_GROUP: z.string().min(1),
  SCHEDULE_ROLE_ARN: z.string().min(1),
  FEED_LIMITS: json.pipe(feedLimitsSchema),
  HOLD_LIMITS: json.pipe(holdLimitsSchema),
  FALSE_CALL_BUDGET: z.coerce.number().int().min(1),
});
