import * as z from 'zod';
import { agencyIdSchema, liaisonIdSchema } from '#domain/model/ids.ts';

/** Divided by commas. */
const liaisonIdsSchema = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(liaisonIdSchema));

export const envSchema = z.object({
  AGENCY: agencyIdSchema,
  STATE_TABLE: z.string().min(1),
  MONITORING_TABLE: z.string().min(1),
  TRAIL_TABLE: z.string().min(1),
  TRAIL_BUCKET: z.string().min(1),
  REPORT_BUCKET: z.string().min(1),
  REPORTS_QUEUE_URL: z.url(),
  EVENTS_QUEUE_URL: z.url(),
  DELIVERIES_QUEUE_URL: z.url(),
  RECORD_TABLE: z.string().min(1),
  CHAIN_TABLE: z.string().min(1),
  DEADLINES_QUEUE_URL: z.url(),
  DEADLINES_QUEUE_ARN: z.string().min(1),
  SCHEDULE_GROUP: z.string().min(1),
  SCHEDULE_ROLE_ARN: z.string().min(1),
  CONTACT_TOPIC_PREFIX: z.string().min(1),
  LINK_SECRET_ARN: z.string().min(1),
  FEED_SECRET_ARN: z.string().min(1),
  /** Absent: nobody can be called. */
  VOICE_ORIGINATION_IDENTITY: z.string().min(1).optional(),
  /** Divided by commas; absent: nobody can have a webhook. */
  WEBHOOK_HOSTS: z.string().min(1).optional(),
  FORCES: liaisonIdsSchema.refine((forces) => forces.length > 0),
  /** Who else has a queue or a subscription. */
  PARTNERS: liaisonIdsSchema.optional(),
  /** Which forces have a feed in order. */
  ORDERED_FORCES: liaisonIdsSchema.optional(),
  FALSE_CALL_BUDGET: z.coerce.number().int().min(1),
  ALLOWANCE_TABLE: z.string().min(1),
});
