import * as z from 'zod';
import { agencyIdSchema } from '#domain/model/ids.ts';

export const envSchema = z.object({
  MONITORING_TABLE: z.string().min(1),
  ADMINISTRATOR_TOKEN_SECRET_ARN: z.string().min(1),
  AGENCY: agencyIdSchema,
});
