import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import * as z from 'zod';

/** Schemas of others, as they published them: none of this project's own code has a say. */
const published = (path: string): ValidateFunction => {
  const url = new URL(`../../test/schemas/${path}`, import.meta.url);
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile(z.record(z.string(), z.unknown()).parse(readJson(fileURLToPath(url))));
};

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const cloudEventsSchema = published('cloudevents/cloudevents.json');
const featureSchema = published('geojson/Feature.json');

const problemsBy = (validate: ValidateFunction, value: unknown): string[] =>
  validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

/** Section "Type System": no control characters, no half of a pair, no noncharacter. */
const UNFIT_TEXT = /[\p{Cc}\p{Cs}\ufdd0-\ufdef\ufffe\uffff]/u;
const MOST_NAME_CHARACTERS = 20;
const MOST_INTEGER = 2 ** 31 - 1;

const attributeProblem = (name: string, value: unknown): string[] => {
  if (!/^[a-z0-9]+$/.test(name)) return [`attribute ${name}: a name has a-z and 0-9 only`];
  if (name.length > MOST_NAME_CHARACTERS) return [`attribute ${name}: longer than 20`];
  if (typeof value === 'boolean') return [];
  if (typeof value === 'number') {
    const isInteger = Number.isInteger(value) && Math.abs(value) <= MOST_INTEGER;
    return isInteger ? [] : [`attribute ${name}: not a whole number of 32 bits`];
  }
  if (typeof value !== 'string' || value === '') return [`attribute ${name}: no value`];
  return UNFIT_TEXT.test(value) ? [`attribute ${name}: characters that no attribute may hold`] : [];
};

/** What CloudEvents 1.0 asks for besides its schema: names, types of values, and their order. */
const cloudEventsRules = (event: Readonly<Record<string, unknown>>): string[] => {
  const { data: _, ...attributes } = event;
  const late = event.expirytime !== undefined && String(event.expirytime) < String(event.time);
  return [
    ...Object.entries(attributes).flatMap(([name, value]) => attributeProblem(name, value)),
    ...(event.specversion === '1.0' ? [] : ['specversion: not 1.0']),
    ...(late ? ['expirytime: before time'] : []),
  ];
};

const objectSchema = z.record(z.string(), z.unknown());

/** Says what of a text is not CloudEvents 1.0 in structured mode; empty: nothing. */
export const cloudEventProblems = (text: string): string[] => {
  const event = objectSchema.parse(JSON.parse(text));
  return [...problemsBy(cloudEventsSchema, event), ...cloudEventsRules(event)];
};

/** What a cloud event carries. */
export const dataOf = (text: string): unknown => objectSchema.parse(JSON.parse(text)).data;

/** RFC 7946 4 and 7.1: members that a Feature must not have. */
const FOREIGN = ['crs', 'coordinates', 'geometries', 'features'];
const pointSchema = z.object({ coordinates: z.array(z.number()) });

const within = (value: number | undefined, most: number): boolean =>
  value !== undefined && Math.abs(value) <= most;

/** RFC 7946 3.1.1 and 4: two or three numbers, longitude first, in degrees. */
const pointProblems = (geometry: unknown): string[] => {
  if (geometry === null) return [];
  const { coordinates } = pointSchema.parse(geometry);
  const [lon, lat] = coordinates;
  return [
    ...(coordinates.length > 3 ? ['coordinates: more than three numbers'] : []),
    ...(within(lon, 180) ? [] : ['coordinates: the longitude is not within 180 degrees']),
    ...(within(lat, 90) ? [] : ['coordinates: the latitude is not within 90 degrees']),
  ];
};

const ringSchema = z.array(z.tuple([z.number(), z.number()])).min(4);
const polygonSchema = z.object({
  type: z.literal('Polygon'),
  coordinates: z.array(ringSchema).min(1),
});

/** Twice the area that a ring encloses in degrees; below 0 where it runs clockwise. */
const turnOf = (ring: z.infer<typeof ringSchema>): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);

/** RFC 7946 3.1.6: rings of four positions or more, closed, the outer one counter-clockwise. */
const polygonProblems = (value: unknown): string[] => {
  const { data, error } = polygonSchema.safeParse(value);
  if (data === undefined) return [`area: ${error.message}`];
  const [outer = []] = data.coordinates;
  return [
    ...data.coordinates.flatMap((ring) =>
      String(ring[0]) === String(ring.at(-1)) ? [] : ['area: a ring is not closed'],
    ),
    ...(turnOf(outer) > 0 ? [] : ['area: the outer ring does not run counter-clockwise']),
    ...(data.coordinates.flat().every(([lon, lat]) => within(lon, 180) && within(lat, 90))
      ? []
      : ['area: a position is not within 180 and 90 degrees']),
  ];
};

const areaSchema = z.looseObject({ area: z.looseObject({ type: z.string() }) });

/** The zone, where it is shown: a polygon of GeoJSON, or a circle, which GeoJSON has not. */
const areaProblems = (properties: unknown): string[] => {
  const area = areaSchema.safeParse(properties).data?.area;
  return area === undefined || area.type === 'Circle' ? [] : polygonProblems(area);
};

/** Says what of a value is no GeoJSON Feature of a point or of nowhere; empty: nothing. */
export const featureProblems = (value: unknown): string[] => {
  const formal = problemsBy(featureSchema, value);
  if (formal.length > 0) return formal;
  const feature = objectSchema.parse(value);
  return [
    ...FOREIGN.filter((name) => name in feature).map((name) => `${name}: not in a Feature`),
    ...pointProblems(feature.geometry),
    ...areaProblems(feature.properties),
  ];
};
