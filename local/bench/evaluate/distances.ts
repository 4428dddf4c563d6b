import { pointToPolygonDistance } from '@turf/point-to-polygon-distance';
import { type Position, position } from '#domain/geo/position.ts';
import { segmentDepth } from '#domain/geo/segment-depth.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { decodeZone, encodeZone } from '#domain/geo/zone-codec.ts';
import { between } from '#local/worlds/chance.ts';
import { type DrawnZone, drawZone } from './drawn-zones.ts';
import { type Aim, digits, printTable } from './print.ts';
import { compare, each, through, timeOf } from './round-robin.ts';

const SIZES = [5, 50, 500, 5_000] as const;
const PLACES = 64;
const AIM_TIMES_TURF = 30;
const AIM_DECODE_NANOSECONDS = 15_000;

/** Places in and about a zone. */
const spotsAbout = ({ zone }: DrawnZone): Position[] =>
  Array.from({ length: PLACES }, (_, i) => {
    const { west, south, east, north } = zone.box;
    const share = (key: number): number => between(-0.05, 1.05, key, i);
    return position(south + share(1) * (north - south), west + share(2) * (east - west));
  });

const distancesAt = (vertices: number) => {
  const drawn = drawZone({
    middle: { lat: 51.5, lon: -0.12 },
    ...{ radiusMetres: 1_500, vertices, seed: vertices },
  });
  const spots = spotsAbout(drawn);
  const own = (at: Position): number => signedDistanceMetres(drawn.zone, at);
  const turf = ({ lat, lon }: Position): number =>
    pointToPolygonDistance([lon, lat], drawn.polygon, { units: 'meters' });
  const [ours, theirs] = each(
    compare([through('Homeward', spots, own), through('Turf', spots, turf)]),
    spots,
  );
  const few = spots.slice(0, vertices > 1_000 ? 20 : 200);
  const gaps = few.map((at) => Math.abs(own(at) + turf(at)));
  return {
    drawn,
    own: ours?.nanoseconds ?? Number.NaN,
    turf: theirs?.nanoseconds ?? Number.NaN,
    apartMetres: Math.max(...gaps),
  };
};

const decodeNanoseconds = ({ zone }: DrawnZone): number => {
  const bytes = encodeZone(zone);
  return timeOf((times) => {
    let sum = 0;
    for (let n = 0; n < times; n += 1) sum += decodeZone(bytes).areaSquareMetres;
    return sum;
  });
};

/** A way straight through the zone, corner of its box to corner. */
const segmentNanoseconds = ({ zone }: DrawnZone): number => {
  const { west, south, east, north } = zone.box;
  const [from, to] = [position(south, west), position(north, east)];
  return timeOf((times) => {
    let sum = 0;
    for (let n = 0; n < times; n += 1) sum += segmentDepth(zone, from, to).deepestMetres;
    return sum;
  });
};

/** Signed distance against Turf's, decoding and the depth of a way through, by size of the zone. */
export const benchDistances = (): Aim[] => {
  const measured = SIZES.map((vertices) => {
    const distances = distancesAt(vertices);
    const { drawn } = distances;
    return {
      ...{ vertices, ...distances, bytes: encodeZone(drawn.zone).length },
      ...{ decode: decodeNanoseconds(drawn), segment: segmentNanoseconds(drawn) },
    };
  });
  printTable(
    'Signed distance to a zone 3 km across, ns; decoding and a way through it, us',
    ['vertices', 'Homeward', 'Turf', 'times', 'apart m', 'bytes', 'decode us', 'way through us'],
    measured.map(({ vertices, own, turf, apartMetres, bytes, decode, segment }) => [
      ...[digits(vertices), digits(own), digits(turf), digits(turf / own), apartMetres.toFixed(2)],
      ...[digits(bytes), (decode / 1e3).toFixed(1), (segment / 1e3).toFixed(1)],
    ]),
  );
  return measured.flatMap(({ vertices, own, turf, decode }): Aim[] =>
    vertices !== 500
      ? []
      : [
          {
            ...{ what: 'signed distance at 500 vertices, times Turf', aim: `${AIM_TIMES_TURF}` },
            ...{ measured: digits(turf / own), isMet: turf >= AIM_TIMES_TURF * own },
          },
          {
            ...{
              what: 'decode a zone of 500 vertices, us',
              aim: `${AIM_DECODE_NANOSECONDS / 1e3}`,
            },
            ...{ measured: (decode / 1e3).toFixed(1), isMet: decode <= AIM_DECODE_NANOSECONDS },
          },
        ],
  );
};
