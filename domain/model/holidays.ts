import * as z from 'zod';
import { holidaysIdSchema } from './ids.ts';

/** So many days are fifty years of a generous country. */
const MOST_HOLIDAYS = 1_000;

/** Whole local days that are no working days, such as the bank holidays of a country. */
export const holidaysSchema = z.object({
  holidaysId: holidaysIdSchema,
  name: z.string().min(1).max(100),
  days: z
    .array(z.object({ date: z.iso.date(), name: z.string().max(200).default('') }))
    .max(MOST_HOLIDAYS),
});
export type Holidays = z.infer<typeof holidaysSchema>;
