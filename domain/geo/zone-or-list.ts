import type { CompiledZone } from './compiled-zone.ts';
import type { Position } from './position.ts';
import { type SegmentDepth, segmentDepth } from './segment-depth.ts';
import { depthWithin, signedDistanceMetres } from './signed-distance.ts';
import { membersOnWay, nearestMember, type ZoneList } from './zone-list.ts';

/** A zone list as one thing to be in or out of; `fingerprint` tells its versions apart. */
export type ListedZones = Readonly<{ kind: 'list'; list: ZoneList; fingerprint: string }>;

/** What somebody may be in: a zone, or any of many. */
export type ZoneOrList = CompiledZone | ListedZones;

/** Further than this from each of its members, a list's distance is not told. */
export const LIST_REACH_METRES = 20_000;

/**
 * Metres inside a zone, or inside the member of a list that a position lies deepest in; negative
 * outside. Of a list never less than LIST_REACH_METRES short: it changes by no more than the
 * distance moved, as a zone's does.
 */
export const depthIn = (zone: ZoneOrList, at: Position): number =>
  zone.kind === 'list'
    ? (nearestMember(zone.list, at, LIST_REACH_METRES)?.depthMetres ?? -LIST_REACH_METRES)
    : signedDistanceMetres(zone, at);

/** Whether a position lies in it; the edge does not count. */
export const liesIn = (zone: ZoneOrList, at: Position): boolean =>
  zone.kind === 'list'
    ? (nearestMember(zone.list, at, 0)?.depthMetres ?? 0) > 0
    : depthWithin(zone, at, 0) > 0;

/** How deep a straight way leads into it: of a list, into the member that it leads deepest into. */
export const wayIn = (zone: ZoneOrList, from: Position, to: Position): SegmentDepth => {
  if (zone.kind !== 'list') return segmentDepth(zone, from, to);
  const [deepest] = membersOnWay(zone.list, from, to);
  return deepest ?? { insideShare: 0, deepestMetres: -LIST_REACH_METRES };
};

/** The member of a list that a position lies deepest in, or nearest to; null where none is near. */
export const memberNear = ({ list }: ListedZones, at: Position): string | null =>
  nearestMember(list, at, LIST_REACH_METRES)?.memberId ?? null;

/** The member that a straight way leads deepest into; null where it leads into none. */
export const memberOnWay = ({ list }: ListedZones, from: Position, to: Position): string | null =>
  membersOnWay(list, from, to)[0]?.memberId ?? null;
