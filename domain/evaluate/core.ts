import * as z from 'zod';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';
import { violationIdSchema, watchIdSchema, wearerIdSchema } from '../model/ids.ts';
import { type Instant, instantSchema } from '../model/instant.ts';
import { violationReasonSchema } from '../model/reasons.ts';
import { competingSchema, violationEndSchema } from '../model/violation.ts';
import { heardSchema } from './heard.ts';
import { movementSchema } from './movement/plausibility.ts';
import { sidesSchema } from './pair/sides.ts';
import { beliefSchema } from './position/belief.ts';

/**
 * A violation as the fold carries it: enough to say what changed, whatever the order of arrival.
 */
export const markSchema = z.object({
  violationId: violationIdSchema,
  watchId: watchIdSchema,
  /** Of a pair: whose order it is. */
  about: wearerIdSchema.optional(),
  reason: violationReasonSchema,
  openedAt: instantSchema,
  /** The instant at which the rule said so: later than `openedAt` by the grace. */
  foundAt: instantSchema,
  certainty: z.number().nullable(),
  competing: competingSchema.nullable(),
  /** Of a nudge: from when on it is of no use. */
  untilAt: instantSchema.optional(),
  /** Of a pair: how far apart the two were. */
  distanceMetres: z.number().optional(),
  endedAt: instantSchema.nullable(),
  endReason: violationEndSchema.nullable(),
});
export type Mark = z.infer<typeof markSchema>;

const watchStateSchema = z.object({
  /** Of the rule and what it asks: a belief about something else starts from nothing. */
  version: z.string(),
  /** Nothing recorded before this is judged: the condition was not yet in force. */
  validFrom: instantSchema,
  /** Null where the rule asks nothing of the position model. */
  belief: beliefSchema.nullable(),
  verdict: z.enum(['violated', 'satisfied', 'not-applicable', 'undetermined']),
  reason: z.string(),
  memory: z.record(z.string(), z.number()),
  dueAt: instantSchema.nullable(),
  /** Judge again after so much silence, seconds, or when it ends. */
  silence: z.union([z.number(), z.literal('until-heard')]).optional(),
  /** Judge again after so long without a fix, seconds. */
  fixlessSeconds: z.number().optional(),
  /** A fix that leaves every belief settled leaves this as it is. */
  rests: z.union([z.boolean(), z.literal('in-zone')]),
});
export type WatchState = z.infer<typeof watchStateSchema>;

/** What a fold carries from one input to the next, and nothing else. */
export const coreSchema = z.object({
  /** Event time up to which this holds: the last input or due instant that was gone through. */
  foldedUntil: instantSchema,
  /** The last fix that is evidence: a cell position is none. */
  lastFix: z
    .object({
      ...{ at: instantSchema, lat: latitudeSchema, lon: longitudeSchema },
      /** Deviation of one axis, in whole metres upward. */
      sigmaMetres: z.number(),
    })
    .nullable(),
  /** Fixes that cannot be true beside the last one; null: none is under question. */
  movement: movementSchema.nullable().default(null),
  lastCheckAt: instantSchema.nullable(),
  /** When anything was received, by our clock. */
  heard: heardSchema,
  /** The silence after the last fix has been reckoned with. */
  isSilent: z.boolean(),
  /** Of a pair: what is known of each of the two. */
  sides: sidesSchema.optional(),
  watches: z.record(watchIdSchema, watchStateSchema),
  marks: z.array(markSchema),
});
export type Core = z.infer<typeof coreSchema>;

/** Before anything is known of a wearer. */
export const emptyCore = (foldedUntil: Instant): Core => ({
  foldedUntil,
  lastFix: null,
  movement: null,
  lastCheckAt: null,
  heard: [],
  isSilent: false,
  watches: {},
  marks: [],
});

/** What another watch of this wearer said last, by its name; undefined before it was judged. */
export const stateCalled = (
  { watches }: Readonly<{ watches: Readonly<Record<string, WatchState>> }>,
  watchId: string,
): WatchState | undefined => watches[watchId];
