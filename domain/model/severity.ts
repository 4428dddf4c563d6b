import * as z from 'zod';

/** CAP's words, so that no feed has to translate them; the mildest first. */
export const severitySchema = z.enum(['moderate', 'severe', 'extreme']);
export type Severity = z.infer<typeof severitySchema>;

/** Below 0 where the first is milder, above 0 where it is graver. */
export const compareSeverity = (a: Severity, b: Severity): number =>
  severitySchema.options.indexOf(a) - severitySchema.options.indexOf(b);
