import { type CompiledZone, compileZone } from '#domain/geo/compiled-zone.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';

export const zoneOfShape = (shape: unknown): CompiledZone => {
  const read = parseZoneShape(shape);
  if (!read.ok) throw new Error('the test zone is unsound');
  return compileZone(read.shape);
};

export const circle = (
  centre: Readonly<{ lat: number; lon: number }>,
  radiusMetres = 200,
): CompiledZone => zoneOfShape({ type: 'Circle', centre, radiusMetres });

/** One whose edge is so far north of the usual home. */
export const circleNorth = (metres: number, radiusMetres = 150): CompiledZone =>
  circle({ lat: 51.5 + (metres + radiusMetres) / 111_250, lon: -0.1 }, radiusMetres);
