import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { zoneShapeSchema } from '#domain/geo/sent-shape.ts';

const collectionSchema = z.object({
  features: z.array(z.object({ id: z.string(), geometry: zoneShapeSchema })),
});

const FILE = new URL('../data/zones/dc-near-run-washington.geojson', import.meta.url);

/** The shape of a mapped area, by the id that its publisher's data set gives it. */
export const mappedShape = (id: string): z.infer<typeof zoneShapeSchema> => {
  const { features } = collectionSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
  const found = features.find((feature) => feature.id === id);
  if (found !== undefined) return found.geometry;
  throw new Error(`${FILE.pathname} has no feature ${id}.`);
};
