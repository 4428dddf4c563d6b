import type { CompiledZone } from '#domain/geo/compiled-zone.ts';
import { decodeZoneList, encodeZoneList } from '#domain/geo/zone-list-codec.ts';
import type { ListedZones } from '#domain/geo/zone-or-list.ts';
import type { ZoneListVersion } from '#domain/model/documents.ts';
import { type ZoneListId, zoneListIdSchema } from '#domain/model/ids.ts';
import { SCHOOL } from './supervisions.ts';
import { circle } from './zones.ts';

/** Zones by their names, as a list that was stored and read again. */
export const listed = (zones: Readonly<Record<string, CompiledZone>>): ListedZones => {
  const members = Object.entries(zones).map(([memberId, zone]) => ({ memberId, zone }));
  const list = decodeZoneList(encodeZoneList(members));
  return { kind: 'list', list, fingerprint: Object.keys(zones).join() };
};

/** The usual school of the tests, among others further off. */
export const SCHOOLS: ReadonlyMap<ZoneListId, ZoneListVersion> = new Map([
  [
    zoneListIdSchema.parse('schools'),
    {
      version: 1,
      value: {
        zoneListId: zoneListIdSchema.parse('schools'),
        name: 'Schools of London',
        zones: listed({
          'École St-Étienne': circle(SCHOOL),
          'School by the river': circle({ lat: 51.49, lon: -0.13 }),
          'School on the hill': circle({ lat: 51.56, lon: -0.09 }),
        }),
      },
    },
  ],
]);

export const SCHOOLS_CONDITION = {
  conditionId: 'school',
  kind: 'exclusion-zone',
  zoneListId: 'schools',
};
