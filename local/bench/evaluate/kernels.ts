import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { pointToPolygonDistance } from '@turf/point-to-polygon-distance';
import Flatbush from 'flatbush';
import pointInPolygon from 'point-in-polygon-hao';
import { depthWithin } from '#domain/geo/signed-distance.ts';
import { isActiveAt } from '#domain/time/active-intervals.ts';
import type { BenchFix, BenchWearer } from './bench-wearers.ts';
import type { DrawnZone } from './drawn-zones.ts';

/**
 * One full evaluation, whoever makes it: of every zone whether a fix lies in it (2), within its
 * buffer (1) or beyond (0), and last whether the curfew is on. All share the compiled timetable, so
 * that geometry alone is compared.
 */
export type Kernel = Readonly<{
  name: string;
  classify: (fix: BenchFix, into: Uint8Array) => void;
}>;

export const BUFFER_METRES = 100;
/** Half the edge of a box that holds the buffer at these latitudes, with some to spare. */
const BUFFER_DEGREES = 0.002;

export const ours = ({ zones, curfew }: BenchWearer): Kernel => {
  const compiled = zones.map(({ zone }) => zone);
  return {
    name: 'Homeward',
    classify: ({ position, at }, into) => {
      for (let i = 0; i < compiled.length; i += 1) {
        const zone = compiled[i];
        const depth = zone === undefined ? -1 : depthWithin(zone, position, BUFFER_METRES);
        into[i] = depth >= 0 ? 2 : depth >= -BUFFER_METRES ? 1 : 0;
      }
      into[compiled.length] = isActiveAt(curfew, at) ? 1 : 0;
    },
  };
};

const isNearBox = ([lon, lat]: [number, number], { polygon }: DrawnZone): boolean => {
  const [west, south, east, north] = polygon.bbox;
  return (
    lon >= west - BUFFER_DEGREES &&
    lon <= east + BUFFER_DEGREES &&
    lat >= south - BUFFER_DEGREES &&
    lat <= north + BUFFER_DEGREES
  );
};

/** Turf, with boxes, and asked for a distance only where a box says that it may matter. */
export const turf = ({ zones, curfew }: BenchWearer): Kernel => ({
  name: 'Turf',
  classify: ({ lonLat, at }, into) => {
    for (const [i, drawn] of zones.entries()) {
      if (booleanPointInPolygon(lonLat, drawn.polygon)) into[i] = 2;
      else if (!isNearBox(lonLat, drawn)) into[i] = 0;
      else {
        const metres = pointToPolygonDistance(lonLat, drawn.polygon, { units: 'meters' });
        into[i] = metres <= BUFFER_METRES ? 1 : 0;
      }
    }
    into[zones.length] = isActiveAt(curfew, at) ? 1 : 0;
  },
});

const METRES_PER_DEGREE = 111_320;
const NOWHERE: [number, number] = [0, 0];

/** The textbook loop over every edge, on a sphere flattened at the fix. */
const flatDistance = ([lon, lat]: [number, number], ring: DrawnZone['ring']): number => {
  const scale = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  let least = Infinity;
  for (let i = 1; i < ring.length; i += 1) {
    const a = ring[i - 1] ?? NOWHERE;
    const b = ring[i] ?? NOWHERE;
    const ax = (a[0] - lon) * scale;
    const ay = (a[1] - lat) * METRES_PER_DEGREE;
    const dx = (b[0] - a[0]) * scale;
    const dy = (b[1] - a[1]) * METRES_PER_DEGREE;
    const along = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
    const x = ax + along * dx;
    const y = ay + along * dy;
    least = Math.min(least, x * x + y * y);
  }
  return Math.sqrt(least);
};

const isInRing = ([lon, lat]: [number, number], ring: DrawnZone['ring']): boolean => {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const a = ring[i - 1] ?? NOWHERE;
    const b = ring[i] ?? NOWHERE;
    if (a[1] > lat === b[1] > lat) continue;
    if (lon < ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
};

/** flatbush finds the boxes, point-in-polygon-hao tells inside, the loop measures the few left. */
export const flatbushAndHao = ({ zones, curfew }: BenchWearer): Kernel => {
  const index = new Flatbush(zones.length);
  for (const { polygon } of zones) index.add(...polygon.bbox);
  index.finish();
  return {
    name: 'flatbush + hao',
    classify: ({ lonLat, at }, into) => {
      into.fill(0);
      const [lon, lat] = lonLat;
      const [west, south] = [lon - BUFFER_DEGREES, lat - BUFFER_DEGREES];
      for (const i of index.search(west, south, lon + BUFFER_DEGREES, lat + BUFFER_DEGREES)) {
        const drawn = zones[i];
        if (drawn === undefined) continue;
        if (pointInPolygon(lonLat, drawn.polygon.coordinates) !== false) into[i] = 2;
        else into[i] = flatDistance(lonLat, drawn.ring) <= BUFFER_METRES ? 1 : 0;
      }
      into[zones.length] = isActiveAt(curfew, at) ? 1 : 0;
    },
  };
};

/** No box and no index: every edge of every zone. */
export const naive = ({ zones, curfew }: BenchWearer): Kernel => ({
  name: 'naive loop',
  classify: ({ lonLat, at }, into) => {
    for (const [i, { ring }] of zones.entries()) {
      if (isInRing(lonLat, ring)) into[i] = 2;
      else into[i] = flatDistance(lonLat, ring) <= BUFFER_METRES ? 1 : 0;
    }
    into[zones.length] = isActiveAt(curfew, at) ? 1 : 0;
  },
});
