import * as z from 'zod';
import { type Check, MAX_SEQUENCE } from './device-event.ts';
import { type ActivationId, personIdSchema, visitIdSchema } from './ids.ts';
import { type Instant, instantSchema, isoInstantSchema } from './instant.ts';

/** What somebody who went there found; `undetermined`: nobody can say, which is no absence. */
export const visitOutcomeSchema = z.object({
  visitedAt: isoInstantSchema,
  result: z.enum(['present', 'absent', 'undetermined']),
  /** Who went. */
  personId: personIdSchema,
  note: z.string().max(2_000).default(''),
});
export type VisitOutcome = z.infer<typeof visitOutcomeSchema>;

/** A home visit as it is planned: somebody is to go there within a stretch of time. */
export const visitPlanSchema = z
  .object({
    visitId: visitIdSchema,
    /** Who is to go. */
    personId: personIdSchema,
    from: isoInstantSchema,
    until: isoInstantSchema,
    purpose: z.string().max(200).default(''),
  })
  .refine(({ from, until }) => until > from, {
    path: ['until'],
    message: 'the visit ends before it starts',
  });

/** A home visit as it is kept: its plan, and what became of it. */
export const visitSchema = z.object({
  visitId: visitIdSchema,
  personId: personIdSchema,
  from: instantSchema,
  until: instantSchema,
  purpose: z.string(),
  outcome: visitOutcomeSchema.extend({ visitedAt: instantSchema }).nullable(),
});
export type Visit = z.infer<typeof visitSchema>;

/** A home visit, as far as evaluation goes by it. */
export type KnownVisit = Readonly<{
  visitId: Visit['visitId'];
  until: Instant;
  /** Since when its outcome has been on record; null: there is none. */
  outcomeAt: Instant | null;
}>;

/** Whether somebody should have gone by an instant, and nobody had said what came of it. */
export const isOutstanding = ({ outcomeAt }: KnownVisit, dueAt: Instant, at: Instant): boolean =>
  dueAt <= at && (outcomeAt === null || at < outcomeAt);

/** The check that a visit was: its number keeps it apart from those that a device sends. */
export const checkOfVisit = (
  { visitedAt, result }: VisitOutcome,
  { activationId, receivedAt }: Readonly<{ activationId: ActivationId; receivedAt: Instant }>,
): Check => ({
  ...{ kind: 'check', method: 'visit', result, activationId, sequence: MAX_SEQUENCE },
  ...{ recordedAt: visitedAt, receivedAt },
});
