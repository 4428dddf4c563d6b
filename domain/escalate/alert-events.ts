import * as z from 'zod';
import {
  alertSchema,
  alsoOpenSchema,
  heldSchema,
  laterPageSchema,
  trackSchema,
} from '../model/alert.ts';
import { dispositionSchema } from '../model/closing.ts';
import { alertIdSchema, decisionIdSchema, liaisonIdSchema, personIdSchema } from '../model/ids.ts';
import { instantSchema } from '../model/instant.ts';
import {
  liaisonRecipientSchema,
  personChannelSchema,
  recipientSchema,
} from '../model/recipient.ts';
import { violationEndSchema, violationSchema } from '../model/violation.ts';

const unreachedSchema = z.object({
  target: z.string(),
  id: z.string().nullable(),
  reason: z.string(),
});

/** A channel of somebody that was passed over, or used for want of a verified one. */
const contactNoteSchema = z.object({
  personId: personIdSchema,
  channel: personChannelSchema,
  why: z.enum(['unverified', 'stopped', 'unverified-and-used']),
});
export type ContactNote = Readonly<z.infer<typeof contactNoteSchema>>;

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
    /** Liaisons who are told beside them, and whom no step waits for. */
    informed: z.array(recipientSchema).optional(),
    unreached: z.array(unreachedSchema),
    /** Absent where every contact was good. */
    contactNotes: z.array(contactNoteSchema).optional(),
    /** Further channels of the recipients. */
    later: z.array(laterPageSchema),
    nextStep: z.number().int(),
    nextLoop: z.number().int(),
    nextStepAt: instantSchema,
    /** What is held under it, which its pages count. */
    also: z.array(alsoOpenSchema).default([]),
  }),
  /** Further channels of somebody: when their own rules say, or beside one that is late. */
  z.object({
    type: z.literal('further-channels-tried'),
    at: instantSchema,
    pages: z.array(laterPageSchema),
  }),
  /** A page can never be delivered: the person's next channel, where there is one, is tried. */
  z.object({
    type: z.literal('channel-failed'),
    at: instantSchema,
    recipientKey: z.string(),
    step: z.number().int(),
    loop: z.number().int(),
    instead: z.array(laterPageSchema),
    /** When the next step runs: at once, where nobody of this one is left to be told. */
    nextStepAt: instantSchema,
  }),
  z.object({
    type: z.literal('alert-acknowledged'),
    at: instantSchema,
    by: personIdSchema,
    /** Null: a second person has to acknowledge, and paging goes on. */
    endsAt: instantSchema.nullable(),
    /** With the alert under which it was held, by somebody who had been told of both. */
    withAlertId: alertIdSchema.optional(),
  }),
  /** Somebody hands it on: the next step runs now, whoever has it in hand. */
  z.object({ type: z.literal('alert-escalated'), at: instantSchema, by: personIdSchema }),
  z.object({ type: z.literal('acknowledgement-ended'), at: instantSchema }),
  z.object({
    type: z.literal('alert-closed'),
    at: instantSchema,
    by: personIdSchema,
    disposition: dispositionSchema,
    reason: z.string(),
    /** The decision with which it was closed. */
    decisionId: decisionIdSchema.optional(),
    /** Courts that are to hear of it. */
    courts: z.array(liaisonIdSchema).optional(),
  }),
  /** The decision with which it was closed does not stand any more: it is to be decided anew. */
  z.object({
    type: z.literal('closing-withdrawn'),
    at: instantSchema,
    by: personIdSchema,
    reason: z.string(),
    decisionId: decisionIdSchema,
  }),
  /** A person has decided that a liaison is to hear of it. */
  z.object({
    type: z.literal('liaison-told'),
    at: instantSchema,
    by: personIdSchema,
    recipient: liaisonRecipientSchema,
    reason: z.string(),
  }),
  /** What a liaison was to be told of it can never be delivered: it was not told. */
  z.object({
    type: z.literal('liaison-not-reached'),
    at: instantSchema,
    recipient: liaisonRecipientSchema,
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
    nextStepAt: instantSchema,
  }),
  /** Looked at again while it waits. */
  z.object({
    type: z.literal('hold-kept'),
    at: instantSchema,
    held: heldSchema,
    nextStepAt: instantSchema,
  }),
  /** It is told after all. */
  z.object({
    type: z.literal('hold-ended'),
    at: instantSchema,
    why: z.enum(['after-feed-back', 'after-limit', 'after-cause']),
    nextStepAt: instantSchema,
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
export type AlertEventOf<Type extends AlertEvent['type']> = Extract<AlertEvent, { type: Type }>;
