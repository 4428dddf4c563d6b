import * as z from 'zod';
import { conditionIdSchema, timetableIdSchema, zoneIdSchema, zoneListIdSchema } from '../ids.ts';
import { placeSchema } from '../place.ts';
import { certaintySchema } from './certainty.ts';
import { insideAreaSchema } from './inside-area.ts';

export const exclusionZoneConditionSchema = z
  .object({
    conditionId: conditionIdSchema,
    kind: z.literal('exclusion-zone'),
    certainty: certaintySchema.optional(),
    insideAreaSquareMetres: insideAreaSchema.optional(),
    zoneId: zoneIdSchema.optional(),
    /** Instead of one zone: every zone of a list is closed to the wearer. */
    zoneListId: zoneListIdSchema.optional(),
    /** Absent: the zone is closed to the wearer at all hours. */
    timetableId: timetableIdSchema.nullable().default(null),
    bufferMetres: z.number().min(0).max(10_000).default(0),
    /** A known place so near to the zone that fixes taken there may seem to lie inside it. */
    place: placeSchema.nullable().default(null),
  })
  .refine(({ zoneId, zoneListId }) => (zoneId === undefined) !== (zoneListId === undefined), {
    path: ['zoneId'],
    message: 'name either one zone (zoneId) or one zone list (zoneListId)',
  });
