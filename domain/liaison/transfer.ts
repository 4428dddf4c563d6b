import * as z from 'zod';
import {
  alertIdSchema,
  liaisonIdSchema,
  orderIdSchema,
  violationIdSchema,
  wearerIdSchema,
} from '../model/ids.ts';
import { earliest, type Instant, instantSchema, secondsAfter } from '../model/instant.ts';
import { liaisonSchema } from '../model/liaison.ts';
import { severitySchema } from '../model/severity.ts';
import { troubleCauseSchema } from '../model/transfer-trouble.ts';
import { type Answer, answersSchema, isAcceptance, standingOf } from './answers.ts';
import { eventIdSchema, eventTypeSchema, incidentIdSchema, trafficSchema } from './event.ts';

/** What their system said of a message: it has it, or why nobody there will read it. */
export const receiptCodeSchema = z.enum(['stored', 'unroutable', 'expired']);
export type ReceiptCode = z.infer<typeof receiptCodeSchema>;

/** The newest event of the incident: the others are replaced by it. */
const newestSchema = z.object({
  eventId: eventIdSchema,
  sequence: z.number().int().min(1),
  type: eventTypeSchema,
  sentAt: instantSchema,
  expiresAt: instantSchema,
  /** How often it was sent again. */
  tries: z.number().int().min(0),
  /** When it is sent again, unless they say that they have it; null: never. */
  nextTryAt: instantSchema.nullable(),
  receipt: z.object({ code: receiptCodeSchema, at: instantSchema }).nullable(),
});
export type Newest = z.infer<typeof newestSchema>;

/** That it stands in their own system, as they last said; nothing of it is known by us. */
const liveSchema = z.object({
  since: instantSchema,
  reference: z.string(),
  confirmedAt: instantSchema,
});

/** A spell in which nobody there has it in hand, and its own alert tells of that. */
const troubleSchema = z.object({
  spell: z.number().int().min(1),
  since: instantSchema,
  raisedAt: instantSchema,
  cause: troubleCauseSchema,
  violationId: violationIdSchema,
  revision: z.number().int().min(1),
});
export type Trouble = z.infer<typeof troubleSchema>;

/** One incident at one liaison that has to accept it: what was sent, and what they said of it. */
export const transferSchema = z.object({
  incidentId: incidentIdSchema,
  liaisonId: liaisonIdSchema,
  liaisonName: z.string(),
  /** As the liaison had it when the incident was first sent: an edit affects new ones only. */
  acceptance: liaisonSchema.shape.acceptance.unwrap().unwrap(),
  /** Whether messages go out to them; else they fetch, and nothing is sent again. */
  isPushed: z.boolean(),
  status: trafficSchema,
  alertId: alertIdSchema,
  wearerId: wearerIdSchema,
  orderId: orderIdSchema,
  orderVersion: z.number().int().min(1),
  severity: severitySchema,
  /** What the alert is about, in words. */
  about: z.string(),
  /** Goes up by one with each change; a write names the one it read. */
  epoch: z.number().int().min(1),
  newest: newestSchema,
  /** Since when their acceptance is waited for. */
  askedAt: instantSchema,
  /** Whether the newest event closed or cancelled it: nothing has to be accepted any more. */
  isOver: z.boolean(),
  /** When it was last closed, and perhaps opened again since: what they said before is void. */
  overAt: instantSchema.nullable(),
  answers: answersSchema,
  live: liveSchema.nullable(),
  trouble: troubleSchema.nullable(),
  /** How many spells of trouble there were; and how many of them before it was last asked. */
  spells: z.number().int().min(0),
  spellsBefore: z.number().int().min(0),
  /** When something has to be done about it; null while nothing is waited for. */
  nextDueAt: instantSchema.nullable(),
});
export type Transfer = z.infer<typeof transferSchema>;

/** What they say of it now, as far as it counts; null: nothing yet. */
export const standingAnswer = ({ answers }: Pick<Transfer, 'answers'>): Answer | null =>
  standingOf(answers);

/** Whether they have it in hand, or have dealt with it. */
export const isTaken = (transfer: Pick<Transfer, 'answers'>): boolean => {
  const answer = standingAnswer(transfer);
  return answer !== null && isAcceptance(answer);
};

/** Whether somebody there still has to accept it, and nobody here has been called about that. */
export const awaitsAcceptance = (
  transfer: Pick<Transfer, 'answers' | 'isOver' | 'trouble'>,
): boolean => !transfer.isOver && standingAnswer(transfer) === null && transfer.trouble === null;

/** Whether their receipt of the newest event is waited for, and it is sent again without one. */
export const awaitsReceipt = ({ newest }: Pick<Transfer, 'newest'>): boolean =>
  newest.nextTryAt !== null;

/** When people here are called, where nobody there has said anything. */
export const acceptDueAt = ({ askedAt, acceptance }: Transfer): Instant =>
  secondsAfter(askedAt, acceptance.acceptSeconds);

/** When something has to be done next. Never null while a receipt or an acceptance is awaited. */
export const dueOf = (transfer: Transfer): Instant | null =>
  earliest([transfer.newest.nextTryAt, awaitsAcceptance(transfer) ? acceptDueAt(transfer) : null]);

/** Whether nothing more is expected of it: it needs to be listed nowhere. */
export const isFinished = (transfer: Transfer): boolean =>
  transfer.isOver && !awaitsReceipt(transfer);

/**
 * Whether it stands in their system, as far as they have said: until they have rejected or ended
 * it, or we have.
 */
export const isLive = (transfer: Transfer): boolean => {
  const { live, isOver } = transfer;
  const answer = standingAnswer(transfer);
  return live !== null && !isOver && (answer === null || answer.is === 'accepted');
};
