import * as z from 'zod';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';
import { alertClassSchema } from './alert-class.ts';
import { checkMethodSchema, checkResultSchema, fixSourceSchema } from './device-event.ts';
import { deviceFactSchema } from './device-facts.ts';
import {
  conditionIdSchema,
  orderIdSchema,
  taskIdSchema,
  violationIdSchema,
  wearerIdSchema,
} from './ids.ts';
import { instantSchema } from './instant.ts';
import { violationReasonSchema } from './reasons.ts';
import { ruleNameSchema } from './rule-name.ts';
import { transferTroubleSchema } from './transfer-trouble.ts';

/**
 * What the data showed when a violation opened: the last few fixes, checks and statuses that spoke
 * for it.
 */
const evidenceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fix'),
    recordedAt: instantSchema,
    lat: latitudeSchema,
    lon: longitudeSchema,
    accuracyMetres: z.number().nullable(),
    source: fixSourceSchema,
  }),
  z.object({
    kind: z.literal('check'),
    recordedAt: instantSchema,
    method: checkMethodSchema,
    result: checkResultSchema,
  }),
  z.object({
    kind: z.literal('device-status'),
    recordedAt: instantSchema,
    facts: z.array(deviceFactSchema),
    batteryPercent: z.number().nullable(),
  }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

/**
 * What lifts what was found: a change of orders; of a transfer, that it is accepted, or over; of a
 * task, that it is done.
 */
export const liftingEndSchema = z.enum([
  'condition-lifted',
  'condition-changed',
  'zone-moved',
  'place-moved',
  'hours-changed',
  'order-ended',
  'transfer-accepted',
  'transfer-closed',
  'task-ended',
]);

export const violationEndSchema = z.enum([
  'back-in-order',
  'hours-ended',
  // Its time was permitted: known before, or granted afterwards.
  'permitted',
  'excused',
  // A graver violation of the same condition tells of it from here on.
  'became-graver',
  'monitoring-ended',
  ...liftingEndSchema.options,
]);
export type ViolationEnd = z.infer<typeof violationEndSchema>;

/** The most likely other explanation and its probability. */
export const competingSchema = z.object({
  hypothesis: z.enum(['home', 'elsewhere', 'inside']),
  probability: z.number().min(0).max(1),
});

/** What one source said of an address, and in how many pieces. */
const saidBySchema = z.object({
  source: z.enum(['fixes', 'cells', ...checkMethodSchema.options]),
  says: z.enum(['home', 'away']),
  pieces: z.number().int().min(1),
});
export type SaidBy = z.infer<typeof saidBySchema>;

/** What the data show: open, ended, or withdrawn when later evidence contradicts it. */
export const violationSchema = z.object({
  violationId: violationIdSchema,
  wearerId: wearerIdSchema,
  orderId: orderIdSchema,
  orderVersion: z.number().int().min(1),
  conditionId: conditionIdSchema,
  conditionKind: alertClassSchema,
  rule: ruleNameSchema,
  /** Goes up with each change: an older one that arrives late says nothing new. */
  revision: z.number().int().min(1),
  status: z.enum(['open', 'ended', 'withdrawn']),
  reason: violationReasonSchema,
  /** Event time: the instant that the data speak of. */
  openedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  endReason: violationEndSchema.nullable(),
  /** Our time: when the evidence that opened it had reached us. */
  detectedAt: instantSchema,
  /** Null where it is a plain fact of the record, such as silence: nothing was weighed. */
  certainty: z.number().min(0).max(1).nullable(),
  competing: competingSchema.nullable(),
  /** Of a nudge: from when on it is of no use. */
  untilAt: instantSchema.optional(),
  /** Metres inside the zone's edge, or from the curfew address; null without a position. */
  distanceMetres: z.number().nullable(),
  /** Of a zone list: the name of the zone that it is about. */
  zoneName: z.string().optional(),
  /** What shows it reached us long after it could have been found, and so tells of what was. */
  isLate: z.boolean().default(false),
  /** Told too late to act on: it had ended before we heard of it. */
  isOldNews: z.boolean(),
  evidence: z.array(evidenceSchema).max(3),
  /** Of an address: what each source said. Those that say "away" were believed. */
  saidBy: z.array(saidBySchema).optional(),
  /** Of a transfer that nobody accepts: to whom, of what, and why not. */
  transfer: transferTroubleSchema.optional(),
  /** Of a task that is overdue: which, and the id of what it is about. */
  task: z.object({ taskId: taskIdSchema, about: z.string() }).optional(),
});
export type Violation = z.infer<typeof violationSchema>;
