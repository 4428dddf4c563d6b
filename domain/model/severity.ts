import * as z from 'zod';

/** CAP's words, so that no feed has to translate them. */
export const severitySchema = z.enum(['moderate', 'severe', 'extreme']);
export type Severity = z.infer<typeof severitySchema>;
