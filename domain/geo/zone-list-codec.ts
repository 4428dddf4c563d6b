import { type ByteReader, byteReader, byteWriter } from '../trail/byte-cursor.ts';
import { treeOf } from './box-tree.ts';
import type { ZoneList, ZoneListMember, ZoneListPart } from './zone-list.ts';
import { type EncodedMember, inHilbertOrder } from './zone-list-order.ts';

/**
 * The stored form of a part of a zone list, in the numbers of the trail's byte cursor:
 *   version 1, count of members, area in square metres, then for each member
 *     length of its id, length of its zone, west and south as steps from the member before,
 *     width and height in steps
 *   then all ids, in UTF-8, and then all zones as zone-codec writes them
 */
const VERSION = 1;

/** An item of DynamoDB holds 400 KB; attributes beside it, and growth, take the rest. */
export const MOST_PART_BYTES = 300_000;

/** The most that a member's numbers take: two lengths, and four numbers of up to five bytes. */
const MEMBER_BYTES = 30;

const partsOf = (members: readonly EncodedMember[]): EncodedMember[][] => {
  const parts: EncodedMember[][] = [];
  let left = 0;
  for (const member of members) {
    const size = MEMBER_BYTES + member.idBytes.length + member.bytes.length;
    if (size > left || parts.length === 0) {
      parts.push([]);
      left = MOST_PART_BYTES;
    }
    parts[parts.length - 1]?.push(member);
    left -= size;
  }
  return parts;
};

const encodePart = (members: readonly EncodedMember[]): Uint8Array => {
  const header = byteWriter();
  header.varint(VERSION);
  header.varint(members.length);
  header.varint(Math.round(members.reduce((sum, { area }) => sum + area, 0)));
  let [x, y] = [0, 0];
  for (const { idBytes, bytes, box } of members) {
    header.varint(idBytes.length);
    header.varint(bytes.length);
    header.signed(box.west - x);
    header.signed(box.south - y);
    header.varint(box.east - box.west);
    header.varint(box.north - box.south);
    [x, y] = [box.west, box.south];
  }
  const ids = members.map(({ idBytes }) => idBytes);
  return joined([header.bytes(), ...ids, ...members.map(({ bytes }) => bytes)]);
};

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
};

/**
 * Encodes a list in as many parts as it takes, none larger than an item may be: the same members in
 * any order give the same parts. Neighbours on the ground come to lie in one part.
 */
export const encodeZoneList = (members: readonly ZoneListMember[]): Uint8Array[] =>
  partsOf(inHilbertOrder(members)).map(encodePart);

type Header = Readonly<{
  count: number;
  area: number;
  idLengths: number[];
  zoneLengths: number[];
  boxes: number[];
}>;

const readHeader = (reader: ByteReader): Header => {
  const version = reader.varint();
  if (version !== VERSION) {
    throw new RangeError(
      `a stored zone list has version ${version}, this code reads version ${VERSION}: put it again`,
    );
  }
  const header: Header = {
    ...{ count: reader.varint(), area: reader.varint() },
    ...{ idLengths: [], zoneLengths: [], boxes: [] },
  };
  let [x, y] = [0, 0];
  for (let i = 0; i < header.count; i += 1) {
    header.idLengths.push(reader.varint());
    header.zoneLengths.push(reader.varint());
    x += reader.signed();
    y += reader.signed();
    header.boxes.push(x, y, x + reader.varint(), y + reader.varint());
  }
  return header;
};

const cutsFrom = (start: number, lengths: readonly number[]): Int32Array => {
  const cuts = new Int32Array(lengths.length + 1);
  let at = start;
  cuts[0] = start;
  for (const [i, length] of lengths.entries()) {
    at += length;
    cuts[i + 1] = at;
  }
  return cuts;
};

/**
 * Decodes the parts of a list, in any order: boxes at once, some 0.1 microseconds a member; ids and
 * zones when they are asked for. Throws a RangeError when the bytes are not whole parts.
 */
export const decodeZoneList = (parts: readonly Uint8Array[]): ZoneList => {
  const decoded: ZoneListPart[] = [];
  const boxes: number[][] = [];
  let [before, areaSquareMetres] = [0, 0];
  for (const bytes of parts) {
    const reader = byteReader(bytes);
    const header = readHeader(reader);
    const idCuts = cutsFrom(reader.position(), header.idLengths);
    const zoneCuts = cutsFrom(idCuts.at(-1) ?? 0, header.zoneLengths);
    if (zoneCuts.at(-1) !== bytes.length) {
      throw new RangeError('a part of a zone list is longer or shorter than it says: put it again');
    }
    decoded.push({ bytes, before, idCuts, zoneCuts });
    boxes.push(header.boxes);
    before += header.count;
    areaSquareMetres += header.area;
  }
  const tree = treeOf(Float64Array.from(boxes.flat()));
  return { tree, parts: decoded, count: before, areaSquareMetres };
};
