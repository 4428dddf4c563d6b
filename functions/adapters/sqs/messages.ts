import * as z from 'zod';
import { eventIdSchema, incidentIdSchema } from '#domain/liaison/event.ts';
import { doorSchema } from '#domain/liaison/traffic.ts';
import {
  agencyIdSchema,
  alertIdSchema,
  liaisonIdSchema,
  reportIdSchema,
  wearerIdSchema,
} from '#domain/model/ids.ts';
import { instantSchema } from '#domain/model/instant.ts';

const wearer = { agencyId: agencyIdSchema, wearerId: wearerIdSchema };

/**
 * What comes to evaluate: one wearer's events of one POST, the clock's turn, a change of orders,
 * the end of being parked, or a new day to learn from.
 */
export const evaluateMessageSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('events'),
      ...wearer,
      receivedAt: instantSchema,
      /** Packed events, base64. */
      packed: z.base64(),
    }),
    z.object({ kind: z.literal('tick'), ...wearer, dueAt: instantSchema }),
    z.object({
      kind: z.literal('supervision-changed'),
      ...wearer,
      changedAt: instantSchema,
      /** From when all is to be folded again; null: from when the change was made. */
      inForceAt: instantSchema.nullable().default(null),
    }),
    z.object({ kind: z.literal('unpark'), ...wearer, askedAt: instantSchema }),
    /** A day's trail has begun to be kept: the wearer's places may be learned anew. */
    z.object({ kind: z.literal('learn'), ...wearer, day: z.iso.date() }),
  ])
  .meta({
    title: 'evaluate message',
    description: 'One wearer, whose events, due instant, orders or kept events are to be evaluated',
    examples: [{ kind: 'tick', agencyId: 'demo', wearerId: 'w-1', dueAt: 1_767_225_600_000 }],
  });
export type EvaluateMessage = z.infer<typeof evaluateMessageSchema>;

const due = {
  agencyId: agencyIdSchema,
  epoch: z.number().int().min(1),
  dueAt: instantSchema,
};

/**
 * What comes to escalate by its queue: an alert's step or acknowledgement that falls due; or the
 * receipt or acceptance of an incident by a liaison.
 */
export const deadlineMessageSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('alert-due'), alertId: alertIdSchema, ...due }),
    z.object({ kind: z.literal('transfer-due'), incidentId: incidentIdSchema, ...due }),
  ])
  .meta({
    title: 'deadline message',
    description:
      'An alert whose next step, or the end of its acknowledgement, falls due; or the receipt or acceptance of an incident by a liaison',
    examples: [
      {
        kind: 'alert-due',
        agencyId: 'demo',
        alertId: 'w-1.curfew.mk2s',
        epoch: 1,
        dueAt: 1_767_225_600_000,
      },
    ],
  });
export type DeadlineMessage = z.infer<typeof deadlineMessageSchema>;

const feed = { agencyId: agencyIdSchema, liaisonId: liaisonIdSchema, door: doorSchema };

/** What comes to deliver: a feed in which something waits, or an event without a receipt. */
export const deliveryMessageSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('feed'), ...feed }),
    z.object({
      kind: z.literal('again'),
      ...feed,
      eventId: eventIdSchema,
      /** How often it was sent before. */
      tries: z.number().int().min(1),
    }),
  ])
  .meta({
    title: 'delivery message',
    description: 'A feed of a liaison in which something waits, or an event that is sent again',
    examples: [{ kind: 'feed', agencyId: 'demo', liaisonId: 'metropolitan', door: 'actual' }],
  });
export type DeliveryMessage = z.infer<typeof deliveryMessageSchema>;

/** A report that was asked for: of a wearer, or of the agency itself. */
export const reportMessageSchema = z
  .object({
    agencyId: agencyIdSchema,
    wearerId: wearerIdSchema.nullable(),
    reportId: reportIdSchema,
  })
  .meta({
    title: 'report message',
    description: 'A report that was asked for, of a wearer or of the agency itself',
    examples: [{ agencyId: 'demo', wearerId: 'w-1', reportId: 'breach-1' }],
  });
export type ReportMessage = z.infer<typeof reportMessageSchema>;
