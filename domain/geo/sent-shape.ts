import * as z from 'zod';
import { positionSchema } from './position.ts';
import { type ZoneProblem, zoneProblem } from './zone-problem.ts';

/** The greatest extent of a zone. */
export const WIDEST_METRES = 1_000_000;
const MOST_PROBLEMS = 100;
/** A longitude may be written on past 180, to carry a ring over the antimeridian. */
const FURTHEST_LONGITUDE_DEGREES = 360;

const coordinateSchema = z.tuple(
  [
    z.number().min(-FURTHEST_LONGITUDE_DEGREES).max(FURTHEST_LONGITUDE_DEGREES),
    z.number().min(-90).max(90),
  ],
  z.number(),
);
const polygonSchema = z.array(z.array(coordinateSchema)).min(1);

/** The shape of a zone as it is sent: a circle, or a GeoJSON (RFC 7946) Polygon or MultiPolygon. */
export const zoneShapeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Circle'),
    centre: positionSchema,
    radiusMetres: z
      .number()
      .min(1)
      .max(WIDEST_METRES / 2),
  }),
  z.object({ type: z.literal('Polygon'), coordinates: polygonSchema }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygonSchema).min(1) }),
]);
export type SentShape = z.infer<typeof zoneShapeSchema>;
export type SentRings = z.infer<typeof polygonSchema>;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );

/**
 * What zod found wrong, in our own words where it names a number or the type; a hundred at most.
 */
export const problemsOf = (input: unknown, error: z.ZodError): ZoneProblem[] =>
  error.issues.slice(0, MOST_PROBLEMS).map((issue) => {
    const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    const value = valueAt(input, path);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return zoneProblem('not-a-number', path, `${value} is not a number of degrees or metres`);
    }
    if (typeof value === 'number' && (issue.code === 'too_small' || issue.code === 'too_big')) {
      return zoneProblem('out-of-range', path, `${value} is out of range: ${issue.message}`);
    }
    if (Array.isArray(value) && value.length === 0 && issue.code === 'too_small') {
      return zoneProblem('empty', path, 'the zone is empty: it has no ring of positions');
    }
    if (path[0] === 'type') {
      const message =
        'the type must be Circle, Polygon or MultiPolygon; of a Feature send its geometry';
      return zoneProblem('malformed', path, message);
    }
    const missing = 'send a shape: a Circle, or a GeoJSON Polygon or MultiPolygon';
    return zoneProblem('malformed', path, path.length === 0 ? missing : issue.message);
  });
