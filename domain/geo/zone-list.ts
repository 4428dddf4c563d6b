import { type BoxTree, deepestItem, visitWithin } from './box-tree.ts';
import type { CompiledZone } from './compiled-zone.ts';
import { type Viewpoint, viewOfAll } from './edge-distance.ts';
import { STEPS_PER_TURN } from './grid.ts';
import { distanceMetres } from './plane.ts';
import type { Position } from './position.ts';
import { type SegmentDepth, segmentDepth } from './segment-depth.ts';
import { signedDistanceMetres } from './signed-distance.ts';
import { positionOn, wayBetween } from './way.ts';
import { decodeZone } from './zone-codec.ts';

/** One zone of a list, by the name that the list gives it; several may have the same. */
export type ZoneListMember = Readonly<{ memberId: string; zone: CompiledZone }>;

/** A run of members as it is stored; member i has what lies between cuts i and i + 1. */
export type ZoneListPart = Readonly<{
  bytes: Uint8Array;
  idCuts: Int32Array;
  zoneCuts: Int32Array;
  /** How many members the parts before this one have. */
  before: number;
}>;

/**
 * Many zones that are asked about together, and by many: the schools of a county. Members stay
 * encoded until somebody comes near; the tree over their boxes says when. A list is made by
 * decodeZoneList.
 */
export type ZoneList = Readonly<{
  tree: BoxTree;
  parts: readonly ZoneListPart[];
  count: number;
  /** Of all members together; where they overlap, counted twice. */
  areaSquareMetres: number;
}>;

/** A member that a position lies in or near; positive inside, negative outside. */
export type MemberDepth = ZoneListMember & Readonly<{ depthMetres: number }>;

/** A member that a way leads through or past. */
export type MemberOnWay = ZoneListMember & SegmentDepth;

const zones = new WeakMap<ZoneListPart, Map<number, CompiledZone>>();

const partOf = ({ parts }: ZoneList, item: number): ZoneListPart => {
  const part = parts.findLast(({ before }) => before <= item);
  if (part === undefined) throw new RangeError(`a zone list has no member ${item}`);
  return part;
};

const cut = (part: ZoneListPart, cuts: Int32Array, item: number): Uint8Array => {
  const i = item - part.before;
  return part.bytes.subarray(cuts[i], cuts[i + 1]);
};

const zoneAt = (list: ZoneList, item: number): CompiledZone => {
  const part = partOf(list, item);
  const known = zones.get(part) ?? new Map<number, CompiledZone>();
  zones.set(part, known);
  const zone = known.get(item) ?? decodeZone(cut(part, part.zoneCuts, item));
  known.set(item, zone);
  return zone;
};

const memberAt = (list: ZoneList, item: number): ZoneListMember => {
  const part = partOf(list, item);
  const memberId = new TextDecoder().decode(cut(part, part.idCuts, item));
  return { memberId, zone: zoneAt(list, item) };
};

/** Nearer than this to the antimeridian, members may be met on its other side. */
const SEAM_DEGREES = 150;

/** Boxes may lie beyond 180 degrees: there they are met a turn away. */
const viewsOf = (at: Position): readonly Viewpoint[] => {
  const view = viewOfAll(at);
  if (Math.abs(at.lon) < SEAM_DEGREES) return [view];
  return [view, { ...view, x: view.x - STEPS_PER_TURN }, { ...view, x: view.x + STEPS_PER_TURN }];
};

/**
 * The member that a position lies deepest in, or else the one whose edge is nearest; null where
 * none comes within `reachMetres`. Its depth is its zone's signedDistanceMetres, to the bit, and
 * no other member's is greater: members are left out by their boxes alone. Moving by d metres
 * changes the depth by no more than it changes a zone's. Of members equally deep, the first in the
 * list.
 */
export const nearestMember = (
  list: ZoneList,
  at: Position,
  reachMetres: number,
): MemberDepth | null => {
  const measure = (item: number): number => signedDistanceMetres(zoneAt(list, item), at);
  let found = { item: list.count, depthMetres: -reachMetres };
  for (const view of viewsOf(at)) {
    const search = { view, leastMetres: found.depthMetres, measure };
    const { item, depthMetres } = deepestItem(list.tree, search) ?? found;
    if (depthMetres > found.depthMetres || item < found.item) found = { item, depthMetres };
  }
  if (found.item === list.count) return null;
  return { ...memberAt(list, found.item), depthMetres: found.depthMetres };
};

/** Every member that a position lies in or within so many metres of, in the list's order. */
export const membersWithin = (list: ZoneList, at: Position, reachMetres: number): MemberDepth[] => {
  const near = new Set<number>();
  for (const view of viewsOf(at)) {
    visitWithin(list.tree, { view, metres: reachMetres }, (item) => near.add(item));
  }
  return [...near]
    .sort((a, b) => a - b)
    .map((item) => {
      const member = memberAt(list, item);
      return { ...member, depthMetres: signedDistanceMetres(member.zone, at) };
    })
    .filter(({ depthMetres }) => depthMetres >= -reachMetres);
};

/**
 * The members that the straight way between two positions leads into, the deepest first: each as
 * segmentDepth has it.
 */
export const membersOnWay = (list: ZoneList, from: Position, to: Position): MemberOnWay[] => {
  const way = wayBetween(from, to);
  const middle = positionOn(way, 0.5);
  const reach = Math.max(distanceMetres(middle, from), distanceMetres(middle, to));
  return membersWithin(list, middle, reach + 1)
    .map(({ memberId, zone }) => ({ memberId, zone, ...segmentDepth(zone, from, to) }))
    .filter(({ deepestMetres }) => deepestMetres >= 0)
    .sort((a, b) => b.deepestMetres - a.deepestMetres);
};
