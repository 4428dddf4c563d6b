import { type CompiledZone, circleOf, polygonsOf } from './compiled-zone.ts';
import { toSteps } from './grid.ts';

/**
 * The stored form of a compiled zone, written as unsigned integers of 7 bits a byte, the least
 * first; signed values are folded (0, -1, 1, -2 become 0, 1, 2, 3):
 *   version 1, then 0, x, y, radius in millimetres                                     circle
 *   version 1, then 1, area in 0.01 m2, origin x, y, rings, points of each ring,
 *   then for each point but the closing ones its step from the point before            polygons
 */
const VERSION = 1;
const CIRCLE = 0;
const POLYGONS = 1;
const AREA_UNITS_PER_SQUARE_METRE = 100;

const fold = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unfold = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

const append = (bytes: number[], ...values: number[]): void => {
  for (const value of values) {
    let rest = value;
    while (rest > 127) {
      bytes.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  }
};

/** Encodes a zone for storage: about 4 bytes a vertex for a street-sized zone. */
export const encodeZone = (zone: CompiledZone): Uint8Array<ArrayBuffer> => {
  const bytes: number[] = [VERSION];
  if (zone.kind === 'circle') {
    const { centre, radiusMetres } = zone;
    append(bytes, CIRCLE, fold(toSteps(centre.lon)), fold(toSteps(centre.lat)));
    append(bytes, Math.round(radiusMetres * 1000));
    return Uint8Array.from(bytes);
  }
  const { origin, points, ringEnds } = zone;
  append(bytes, POLYGONS, Math.round(zone.areaSquareMetres * AREA_UNITS_PER_SQUARE_METRE));
  append(bytes, fold(origin.x), fold(origin.y), ringEnds.length);
  let start = 0;
  for (const end of ringEnds) {
    append(bytes, end - start - 1);
    start = end;
  }
  appendSteps(bytes, points, ringEnds);
  return Uint8Array.from(bytes);
};

const appendSteps = (bytes: number[], points: Int32Array, ringEnds: Int32Array): void => {
  let [ring, x, y] = [0, 0, 0];
  for (let i = 0; i < points.length / 2; i += 1) {
    if (i + 1 === ringEnds[ring]) {
      ring += 1;
      continue;
    }
    const [nextX = 0, nextY = 0] = points.subarray(2 * i, 2 * i + 2);
    append(bytes, fold(nextX - x), fold(nextY - y));
    [x, y] = [nextX, nextY];
  }
};

type Reader = Readonly<{ bytes: Uint8Array; position: { at: number } }>;

const cutShort = (): RangeError =>
  new RangeError('the bytes of a zone end too early: compile the zone again from its shape');

const readNumber = ({ bytes, position }: Reader): number => {
  let value = 0;
  let unit = 1;
  for (;;) {
    const byte = bytes[position.at];
    if (byte === undefined) throw cutShort();
    position.at += 1;
    value += (byte & 127) * unit;
    if (byte < 128) return value;
    unit *= 128;
  }
};

const readSigned = (reader: Reader): number => unfold(readNumber(reader));

const readRingEnds = (reader: Reader): Int32Array => {
  const rings = readNumber(reader);
  // Every ring takes a byte at least: a count beyond that is damage, and no memory is reserved.
  if (rings > reader.bytes.length) throw cutShort();
  const ends = new Int32Array(rings);
  let end = 0;
  for (let ring = 0; ring < rings; ring += 1) {
    end += readNumber(reader) + 1;
    ends[ring] = end;
  }
  if (2 * (end - rings) > reader.bytes.length) throw cutShort();
  return ends;
};

const readPoints = (reader: Reader, ringEnds: Int32Array): Int32Array => {
  const points = new Int32Array(2 * (ringEnds[ringEnds.length - 1] ?? 0));
  let [x, y, i] = [0, 0, 0];
  for (const end of ringEnds) {
    const start = i;
    for (; i < 2 * (end - 1); i += 2) {
      x += readSigned(reader);
      y += readSigned(reader);
      points[i] = x;
      points[i + 1] = y;
    }
    points[i] = points[start] ?? 0;
    points[i + 1] = points[start + 1] ?? 0;
    i += 2;
  }
  return points;
};

/**
 * Decodes a stored zone, to the bit what was encoded. Throws when the bytes are not a whole zone.
 */
export const decodeZone = (bytes: Uint8Array): CompiledZone => {
  const reader = { bytes, position: { at: 0 } };
  const version = readNumber(reader);
  if (version !== VERSION) {
    throw new RangeError(
      `a stored zone has version ${version}, this code reads version ${VERSION}: compile it again`,
    );
  }
  const kind = readNumber(reader);
  if (kind === CIRCLE) {
    const centre = { x: readSigned(reader), y: readSigned(reader) };
    return circleOf(centre, readNumber(reader));
  }
  if (kind !== POLYGONS) throw new RangeError(`a stored zone is of the unknown kind ${kind}`);
  const areaSquareMetres = readNumber(reader) / AREA_UNITS_PER_SQUARE_METRE;
  const origin = { x: readSigned(reader), y: readSigned(reader) };
  const ringEnds = readRingEnds(reader);
  const points = readPoints(reader, ringEnds);
  return polygonsOf(origin, { points, ringEnds, areaSquareMetres });
};
