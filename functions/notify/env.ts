import * as z from 'zod';
import { throttleLimitsSchema } from '#domain/notify/throttle.ts';

export const envSchema = z.object({
  MONITORING_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  EVENTS_QUEUE_URL: z.url(),
  DELIVERIES_QUEUE_URL: z.url(),
  /** Whether what liaisons are told is real. */
  TRAFFIC: z.enum(['actual', 'exercise']),
  FEED_SECRET_ARN: z.string().min(1),
  CANARY_TOPIC_ARN: z.string().min(1),
  DUTY_MANAGER_TOPIC_ARN: z.string().min(1),
  LINK_SECRET_ARN: z.string().min(1),
  PUBLIC_URL: z.url(),
  THROTTLE_LIMITS: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(throttleLimitsSchema),
  /** Where people can reply to text messages; absent where they cannot. */
  TEXT_REPLY_NUMBER: z.string().min(1).optional(),
  /** Absent: nobody can be called. */
  VOICE_ORIGINATION_IDENTITY: z.string().min(1).optional(),
  /** Divided by commas; absent: nobody can have a webhook. */
  WEBHOOK_HOSTS: z.string().min(1).optional(),
});
