import type { CompiledZone } from '#domain/geo/compiled-zone.ts';
import { comesInto, zoneTurned } from '#domain/geo/zone-in-area.ts';
import type { Problem } from './problems.ts';

/** Where an agency watches over people. */
export type Area = Readonly<{ name: string; zone: CompiledZone }>;

export type AreaCheck = Readonly<{ problems: readonly Problem[]; warnings: readonly Problem[] }>;

const FINE: AreaCheck = { problems: [], warnings: [] };

/** The field that holds the positions of a shape. */
const positionsPath = ({ kind }: CompiledZone): string =>
  kind === 'circle' ? 'shape.centre' : 'shape.coordinates';

/**
 * Holds a zone against its agency's area. One that would lie in it with latitude and longitude the
 * other way round is refused; one that merely lies elsewhere is told of: a victim may have moved.
 */
export const checkArea = (
  area: Area | null,
  { zone, sent }: Readonly<{ zone: CompiledZone; sent: unknown }>,
): AreaCheck => {
  if (area === null || comesInto(zone, area.zone)) return FINE;
  const path = positionsPath(zone);
  const outside = `the zone lies outside ${area.name}, your agency's area`;
  const turned = zoneTurned(sent);
  if (turned === null || !comesInto(turned, area.zone)) {
    return { problems: [], warnings: [{ code: 'outside-area', path, message: outside }] };
  }
  const message =
    `${outside}, and would lie in it with latitude and longitude the other way round: ` +
    'write them so (GeoJSON has the longitude first)';
  return { problems: [{ code: 'swapped-coordinates', path, message }], warnings: [] };
};
