import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { latitudeSchema, longitudeSchema } from '#domain/geo/position.ts';
import { isoInstantSchema } from '#domain/model/instant.ts';

const lineSchema = z.object({
  recordedAt: isoInstantSchema,
  lat: latitudeSchema,
  lon: longitudeSchema,
  accuracyMetres: z.number().positive().nullable(),
  hdop: z.number().min(0).nullable(),
  speedMps: z.number().min(0).nullable(),
});

/** One fix of a recording: what the receiver said, and null where it did not say. */
export type TraceFix = Readonly<z.infer<typeof lineSchema>>;
/** A recording, in the order of its instants. */
export type Trace = readonly TraceFix[];

const DIRECTORY = new URL('../data/traces/', import.meta.url);

/** Reads the lines of a recording. Throws on a line that is none, naming it. */
export const parseTrace = (name: string, text: string): Trace =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const parsed = lineSchema.safeParse(JSON.parse(line));
      if (parsed.success) return parsed.data;
      throw new Error(`Line ${index + 1} of trace ${name} is no fix: ${parsed.error.message}`);
    })
    .sort((a, b) => a.recordedAt - b.recordedAt);

/** A recording by its file's name, without the ending. */
export const readTrace = (name: string): Trace =>
  parseTrace(name, readFileSync(new URL(`${name}.ndjson`, DIRECTORY), 'utf8'));
