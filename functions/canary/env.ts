import * as z from 'zod';
import { agencyIdSchema } from '#domain/model/ids.ts';

export const envSchema = z.object({
  AGENCY: agencyIdSchema,
  MONITORING_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  VIGIL_TABLE: z.string().min(1),
  DUTY_MANAGER_TOPIC_ARN: z.string().min(1),
  PUBLIC_URL: z.url(),
  EVERY_SECONDS: z.coerce.number().int().min(60),
});
