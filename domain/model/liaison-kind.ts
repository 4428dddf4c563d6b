import * as z from 'zod';

/** The sorts of recipients outside the agency. */
export const liaisonKindSchema = z.enum([
  'police',
  'court',
  'victim-liaison',
  'support-service',
  'mappa-panel',
]);
export type LiaisonKind = z.infer<typeof liaisonKindSchema>;
