import * as z from 'zod';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';

/** A place where a wearer is known to be at times, such as a curfew address. */
export const placeSchema = z.object({
  label: z.string().min(1).max(100),
  lat: latitudeSchema,
  lon: longitudeSchema,
  /** Spread of fixes taken there, standard deviation a axis. 18 m is the prior for a dwelling. */
  scatterMetres: z.number().min(3).max(45).default(18),
});
export type Place = z.infer<typeof placeSchema>;
