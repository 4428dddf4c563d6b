import * as z from 'zod';
import {
  alertSchema,
  dispositionSchema,
  heldSchema,
  recipientSchema,
  trackSchema,
} from '../model/alert.ts';
import { personIdSchema } from '../model/ids.ts';
import { instantSchema } from '../model/instant.ts';
import { violationEndSchema, violationSchema } from '../model/violation.ts';

const unreachedSchema = z.object({
  target: z.string(),
  id: z.string().nullable(),
  reason: z.string(),
});

/** What happened to an alert. Each is an entry of the record; together they are its state. */
export const alertEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('alert-opened'), at: instantSchema, alert: alertSchema }),
  z.object({
    type: z.literal('step-run'),
    at: instantSchema,
    dueAt: instantSchema,
    step: z.number().int(),
    loop: z.number().int(),
    isLastResort: z.boolean(),
    recipients: z.array(recipientSchema),
    unreached: z.array(unreachedSchema),
    nextStep: z.number().int(),
    nextLoop: z.number().int(),
    nextDueAt: instantSchema,
  }),
  z.object({
    type: z.literal('alert-acknowledged'),
    at: instantSchema,
    by: personIdSchema,
    endsAt: instantSchema,
  }),
  z.object({ type: z.literal('acknowledgement-ended'), at: instantSchema }),
  z.object({
    type: z.literal('alert-closed'),
    at: instantSchema,
    by: personIdSchema,
    disposition: dispositionSchema,
    reason: z.string(),
  }),
  z.object({ type: z.literal('violation-amended'), at: instantSchema, violation: violationSchema }),
  z.object({ type: z.literal('violation-ended'), at: instantSchema, violation: violationSchema }),
  /** A change of orders ended its violation, and says what changed. */
  z.object({ type: z.literal('alert-fell'), at: instantSchema, reason: violationEndSchema }),
  z.object({
    type: z.literal('violation-became-graver'),
    at: instantSchema,
    violation: violationSchema,
  }),
  z.object({
    type: z.literal('alert-reopened'),
    at: instantSchema,
    violation: violationSchema,
    track: trackSchema,
    nextDueAt: instantSchema,
  }),
  /** Looked at again while it waits for its feed. */
  z.object({
    type: z.literal('hold-kept'),
    at: instantSchema,
    held: heldSchema,
    nextDueAt: instantSchema,
  }),
  /** It is told after all. */
  z.object({
    type: z.literal('hold-ended'),
    at: instantSchema,
    why: z.enum(['after-feed-back', 'after-limit']),
    nextDueAt: instantSchema,
  }),
  /** Its device was heard again before anybody was told. */
  z.object({ type: z.literal('hold-fell'), at: instantSchema }),
  z.object({
    type: z.literal('violation-withdrawn'),
    at: instantSchema,
    violation: violationSchema,
  }),
]);
export type AlertEvent = z.infer<typeof alertEventSchema>;
