import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { compileZone } from '#domain/geo/compiled-zone.ts';
import { positionSchema } from '#domain/geo/position.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { type Fix, fixSchema } from '#domain/model/device-event.ts';
import { ACTIVATION, atMinute } from './world/observe.ts';
import type { WearerDays } from './world/wearer.ts';

const fixLineSchema = z.looseObject({ minute: z.number() });
const insideSchema = z.object({ fromMinute: z.number(), toMinute: z.number() });

/** One wearer, a line of JSON: what was seen of them, and where they truly were. */
const wearerLineSchema = z.object({
  name: z.string(),
  /** As the API takes it: a circle, or a GeoJSON polygon. */
  zone: z.unknown(),
  /** The address on record. */
  place: positionSchema,
  days: z.number().positive(),
  /** Fixes with their minute from midnight, and any field of a fix; earlier days below 0. */
  history: z.array(fixLineSchema).default([]),
  fixes: z.array(fixLineSchema),
  /** When they truly were in the zone. */
  inside: z.array(insideSchema),
});

const asFix = ({ minute, ...said }: z.infer<typeof fixLineSchema>): Fix => {
  const at = atMinute(minute);
  const stamped = { activationId: ACTIVATION, recordedAt: at, receivedAt: at };
  return fixSchema.parse({ ...said, kind: 'fix', ...stamped });
};

const asWearer = (line: string, nth: number): WearerDays => {
  const parsed = wearerLineSchema.safeParse(JSON.parse(line));
  if (!parsed.success) throw new Error(`line ${nth + 1}: ${z.prettifyError(parsed.error)}`);
  const { zone: shape, history, fixes, ...wearer } = parsed.data;
  const read = parseZoneShape(shape);
  if (!read.ok) throw new Error(`line ${nth + 1}, zone: ${read.problems[0]?.message ?? ''}`);
  const zone = compileZone(read.shape);
  return {
    ...wearer,
    ...{ receiver: 'unknown', zone, history: history.map(asFix), fixes: fixes.map(asFix) },
    homeToZoneMetres: -signedDistanceMetres(zone, wearer.place),
  };
};

/** Wearers and their days from a file of lines. Throws on a line that is none, naming it. */
export const readDays = (file: string): WearerDays[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(asWearer);
