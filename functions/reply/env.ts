import * as z from 'zod';
import { agencyIdSchema } from '#domain/model/ids.ts';

export const envSchema = z.object({
  AGENCY: agencyIdSchema,
  MONITORING_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  ALLOWANCE_TABLE: z.string().min(1),
  DEADLINES_QUEUE_URL: z.url(),
  DEADLINES_QUEUE_ARN: z.string().min(1),
  SCHEDULE_GROUP: z.string().min(1),
  SCHEDULE_ROLE_ARN: z.string().min(1),
});
