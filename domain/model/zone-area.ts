import * as z from 'zod';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';

/** With its first once more at its end; so many fit any format, and any map on a desk. */
export const MOST_AREA_CORNERS = 65;

const cornerSchema = z.tuple([longitudeSchema, latitudeSchema]);

/**
 * Where a zone lies, as far as others can draw it: a GeoJSON polygon of one ring, which runs
 * counter-clockwise, or a circle.
 */
export const zoneAreaSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Polygon'),
    coordinates: z.tuple([z.array(cornerSchema).min(4).max(MOST_AREA_CORNERS)]),
  }),
  z.object({
    type: z.literal('Circle'),
    centre: z.object({ lat: latitudeSchema, lon: longitudeSchema }),
    radiusMetres: z.number().min(1).max(1_000_000),
    /** `zone`: it is the zone. `around`: the zone lies somewhere within. */
    shows: z.enum(['zone', 'around']),
  }),
]);
export type ZoneArea = z.infer<typeof zoneAreaSchema>;
