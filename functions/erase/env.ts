import * as z from 'zod';
import { agencyIdSchema } from '#domain/model/ids.ts';

export const envSchema = z.object({
  AGENCY: agencyIdSchema,
  MONITORING_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  STATE_TABLE: z.string().min(1),
  TRAIL_TABLE: z.string().min(1),
  TRAIL_BUCKET: z.string().min(1),
  REPORT_BUCKET: z.string().min(1),
});
