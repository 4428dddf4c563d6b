import * as z from 'zod';
import { conditionIdSchema, timetableIdSchema, zoneIdSchema } from '../ids.ts';
import { certaintySchema } from './certainty.ts';
import { graceSecondsSchema } from './curfew.ts';

/** The wearer is to stay within a zone during its hours. */
export const inclusionZoneConditionSchema = z.object({
  conditionId: conditionIdSchema,
  kind: z.literal('inclusion-zone'),
  certainty: certaintySchema.optional(),
  graceSeconds: graceSecondsSchema.optional(),
  zoneId: zoneIdSchema,
  /** Absent: at all hours. */
  timetableId: timetableIdSchema.nullable().default(null),
});

/** A zone that the wearer may be in at some hours only: at all others they are to keep out. */
export const restrictionZoneConditionSchema = z.object({
  conditionId: conditionIdSchema,
  kind: z.literal('restriction-zone'),
  certainty: certaintySchema.optional(),
  graceSeconds: graceSecondsSchema.optional(),
  zoneId: zoneIdSchema,
  /** When the zone is open to them. */
  timetableId: timetableIdSchema,
});
