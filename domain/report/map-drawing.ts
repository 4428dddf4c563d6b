import * as z from 'zod';
import { positionSchema } from '../geo/position.ts';
import { instantSchema } from '../model/instant.ts';

/** Metres east and metres north of the drawing's origin. */
export const planePointSchema = z.tuple([z.number(), z.number()]).readonly();
export type PlanePoint = z.infer<typeof planePointSchema>;

/** Where a fix came from, as its mark on a map says. */
export const markSourceSchema = z.enum(['satellite', 'network', 'beacon', 'other']);
export type MarkSource = z.infer<typeof markSourceSchema>;

/**
 * What is drawn on a map of a report, in metres on a plane that touches the ground at its origin.
 * Nothing in it joins what the data do not join: the trail is in segments, and where one ends there
 * is a gap, with its own two ends, which are marked and never connected.
 */
export const mapDrawingSchema = z.object({
  /** Where the plane touches the ground: 0 metres east, 0 metres north. */
  origin: positionSchema,
  /** What the picture shows, in metres. */
  extent: z.object({
    westMetres: z.number(),
    southMetres: z.number(),
    eastMetres: z.number(),
    northMetres: z.number(),
  }),
  /** Zones and the buffers about them: each its outer ring first, then its holes; not closed. */
  areas: z.array(
    z.object({
      name: z.string(),
      part: z.enum(['exclusion', 'inclusion', 'home', 'buffer']),
      rings: z.array(z.array(planePointSchema)),
    }),
  ),
  /** Stretches over which fixes followed one another closely enough to draw a line. */
  segments: z.array(
    z.object({ fromAt: instantSchema, untilAt: instantSchema, points: z.array(planePointSchema) }),
  ),
  /** Silence between two segments: nothing is known of where the wearer was. Numbered from 1. */
  gaps: z.array(
    z.object({
      fromAt: instantSchema,
      untilAt: instantSchema,
      lastPoint: planePointSchema.nullable(),
      nextPoint: planePointSchema.nullable(),
    }),
  ),
  /** Single fixes: a mark by source, with a circle of its accuracy where there is one. */
  marks: z.array(
    z.object({
      point: planePointSchema,
      source: markSourceSchema,
      accuracyMetres: z.number().nonnegative().nullable(),
      /** Drawn beside the mark: a few characters, as `A` or `entry`. */
      label: z.string().nullable(),
    }),
  ),
});
export type MapDrawing = z.infer<typeof mapDrawingSchema>;
