import * as z from 'zod';
import { alertIdSchema, conditionIdSchema, liaisonIdSchema, orderIdSchema } from './ids.ts';
import { instantSchema } from './instant.ts';
import { violationReasonSchema } from './reasons.ts';
import { severitySchema } from './severity.ts';

/** What other alerts of the same wearer need to know of one. */
const knownAlertSchema = z.object({
  alertId: alertIdSchema,
  episodeId: alertIdSchema,
  orderId: orderIdSchema,
  conditionId: conditionIdSchema,
  reason: violationReasonSchema,
  severity: severitySchema,
  openedAt: instantSchema,
  /** `closed`: only to be followed. `told`: told to somebody, and in nobody's hands. */
  stage: z.enum(['untold', 'held', 'told', 'taken', 'quiet', 'closed']),
  /** The alert under which it is held; null where it is not held so. */
  underAlertId: alertIdSchema.nullable(),
  /** Since when the violation itself has been. */
  since: instantSchema,
  /** When the violation itself ended; null while it goes on. */
  endedAt: instantSchema.nullable(),
  /** Liaisons who were told of it, and not yet how a person has closed it. */
  countsFor: z.array(liaisonIdSchema).default([]),
});
export type KnownAlert = z.infer<typeof knownAlertSchema>;

/** A wearer's alerts as far as a next one depends on them. */
export const episodesSchema = z.object({ alerts: z.array(knownAlertSchema) });
export type Episodes = z.infer<typeof episodesSchema>;
