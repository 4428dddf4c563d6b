import * as z from 'zod';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';
import { conditionIdSchema, violationIdSchema } from '../model/ids.ts';
import { type Instant, instantSchema } from '../model/instant.ts';
import { competingSchema, violationEndSchema, violationReasonSchema } from '../model/violation.ts';
import { beliefSchema } from './position/belief.ts';

/**
 * A violation as the fold carries it: enough to say what changed, whatever the order of arrival.
 */
export const markSchema = z.object({
  violationId: violationIdSchema,
  conditionId: conditionIdSchema,
  reason: violationReasonSchema,
  openedAt: instantSchema,
  /** The instant at which the rule said so: later than `openedAt` by the grace. */
  foundAt: instantSchema,
  certainty: z.number(),
  competing: competingSchema,
  endedAt: instantSchema.nullable(),
  endReason: violationEndSchema.nullable(),
});
export type Mark = z.infer<typeof markSchema>;

export const conditionStateSchema = z.object({
  /** Of what is asked: a belief about something else starts from nothing. */
  version: z.string(),
  /** Nothing recorded before this is judged by the condition: it was not yet in force. */
  validFrom: instantSchema,
  belief: beliefSchema,
  verdict: z.enum(['violated', 'satisfied', 'not-applicable', 'undetermined']),
  reason: z.string(),
  memory: z.record(z.string(), instantSchema),
  dueAt: instantSchema.nullable(),
});
export type ConditionState = z.infer<typeof conditionStateSchema>;

/** What a fold carries from one input to the next, and nothing else. */
export const coreSchema = z.object({
  /** Event time up to which this holds: the last input or due instant that was gone through. */
  foldedUntil: instantSchema,
  /** The last fix that is evidence: a cell position is none. */
  lastFix: z.object({ at: instantSchema, lat: latitudeSchema, lon: longitudeSchema }).nullable(),
  lastCheckAt: instantSchema.nullable(),
  /** The silence after the last fix has been reckoned with. */
  isSilent: z.boolean(),
  conditions: z.record(conditionIdSchema, conditionStateSchema),
  marks: z.array(markSchema),
});
export type Core = z.infer<typeof coreSchema>;

/** Before anything is known of a wearer. */
export const emptyCore = (foldedUntil: Instant): Core => ({
  foldedUntil,
  lastFix: null,
  lastCheckAt: null,
  isSilent: false,
  conditions: {},
  marks: [],
});
