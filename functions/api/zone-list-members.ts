import * as z from 'zod';
import { compileZone } from '#domain/geo/compiled-zone.ts';
import type { ZoneListMember } from '#domain/geo/zone-list.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { type Area, checkArea } from './area-check.ts';
import { type Problem, pathText, type Reading } from './problems.ts';

/** The box about a wider circle would leave out a little of it. */
const WIDEST_CIRCLE_METRES = 5_000;
/** Whoever sent a thousand wrong zones learns it from the first of them. */
const MOST_TOLD = 50;

export type ReadZones = Readonly<{
  zones: readonly ZoneListMember[];
  warnings: readonly Problem[];
}>;

/** A zone as it was sent, and the fields that its name and shape stand in. */
type Sent = Readonly<{ name: unknown; shape: unknown; namePath: string; shapePath: string }>;

const plainSchema = z.object({ name: z.unknown(), shape: z.unknown() });
const featureSchema = z.object({
  geometry: z.unknown(),
  properties: z.object({ name: z.unknown() }).nullish(),
});
const nameSchema = z.string().min(1).max(200);

const sentZones = (body: Readonly<Record<string, unknown>>): Sent[] | null => {
  if (Array.isArray(body.zones)) {
    return body.zones.map((zone, i) => ({
      ...{ name: undefined, shape: undefined, ...plainSchema.safeParse(zone).data },
      ...{ namePath: `zones.${i}.name`, shapePath: `zones.${i}.shape` },
    }));
  }
  if (body.type !== 'FeatureCollection' || !Array.isArray(body.features)) return null;
  return body.features.map((feature, i) => {
    const read = featureSchema.safeParse(feature).data;
    return {
      ...{ name: read?.properties?.name, shape: read?.geometry },
      namePath: `features.${i}.properties.name`,
      shapePath: `features.${i}.geometry`,
    };
  });
};

type One = Readonly<{ zone: ZoneListMember | null; problems: Problem[]; warnings: Problem[] }>;

const refused = (problems: Problem[]): One => ({ zone: null, problems, warnings: [] });

/** Everything that is said of a zone says which it is. */
const about =
  (memberId: string, shapePath: string) =>
  ({ code, path, message }: Problem): Problem => ({
    ...{ code, path: path.replace(/^shape/, shapePath), message: `${memberId}: ${message}` },
  });

const readZone = ({ name, shape, namePath, shapePath }: Sent, area: Area | null): One => {
  const named = nameSchema.safeParse(name);
  if (!named.success) {
    const message = 'each zone of a list has a name, 1 to 200 characters: it is said on pages';
    return refused([{ code: 'invalid-field', path: namePath, message }]);
  }
  const tell = about(named.data, shapePath);
  const read = parseZoneShape(shape);
  if (!read.ok) {
    return refused(read.problems.map((p) => tell({ ...p, path: pathText(['shape', ...p.path]) })));
  }
  if (read.shape.kind === 'circle' && read.shape.radiusMetres > WIDEST_CIRCLE_METRES) {
    const message = `a circle of a list is at most ${WIDEST_CIRCLE_METRES} m wide each way: put a zone of its own`;
    return refused([tell({ code: 'too-large', path: 'shape.radiusMetres', message })]);
  }
  const zone = compileZone(read.shape);
  const { problems, warnings } = checkArea(area, { zone, sent: shape });
  return {
    zone: problems.length > 0 ? null : { memberId: named.data, zone },
    problems: problems.map(tell),
    warnings: warnings.map(tell),
  };
};

/**
 * The zones of a list, as a list of names and shapes or as a GeoJSON FeatureCollection: all of
 * them, or what is wrong with any, each with its place and the zone's name.
 */
export const readListedZones = (
  body: Readonly<Record<string, unknown>>,
  area: Area | null,
): Reading<ReadZones> => {
  const sent = sentZones(body);
  if (sent === null || sent.length === 0) {
    const message = 'send zones, each with name and shape, or a GeoJSON FeatureCollection';
    return { ok: false, problems: [{ code: 'malformed', path: 'zones', message }] };
  }
  const read = sent.map((zone) => readZone(zone, area));
  const problems = read.flatMap((one) => one.problems);
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, MOST_TOLD) };
  const zones = read.flatMap(({ zone }) => zone ?? []);
  const warnings = read.flatMap((one) => one.warnings).slice(0, MOST_TOLD);
  return { ok: true, value: { zones, warnings } };
};
