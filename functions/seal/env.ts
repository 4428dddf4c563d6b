import * as z from 'zod';
import { agencyIdSchema } from '#domain/model/ids.ts';

export const envSchema = z.object({
  AGENCY: agencyIdSchema,
  RECORD_TABLE: z.string().min(1),
  CHAIN_TABLE: z.string().min(1),
  ANCHOR_BUCKET: z.string().min(1),
  ARCHIVE_BUCKET: z.string().min(1),
  ANCHOR_KEY_ARN: z.string().min(1),
});
