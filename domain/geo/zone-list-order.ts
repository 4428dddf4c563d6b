import type { CompiledZone } from './compiled-zone.ts';
import { type GridBox, STEPS_PER_DEGREE } from './grid.ts';
import { alongHilbert, HILBERT_SIDE } from './hilbert.ts';
import { EQUATOR_RADIUS_METRES, RADIANS_PER_DEGREE } from './plane.ts';
import { encodeZone } from './zone-codec.ts';
import type { ZoneListMember } from './zone-list.ts';

/** A member as it is stored, and the box by which it is found. */
export type EncodedMember = Readonly<{
  memberId: string;
  idBytes: Uint8Array;
  bytes: Uint8Array;
  box: GridBox;
  area: number;
}>;

/** Whole steps about a zone, wide enough for what a circle's own box leaves out. */
const boxOfZone = (zone: CompiledZone): GridBox => {
  const { west, south, east, north } = zone.box;
  const steps = [west, south, east, north].map((degrees) => degrees * STEPS_PER_DEGREE);
  const [w = 0, s = 0, e = 0, n = 0] = steps;
  const bulge = zone.kind === 'circle' ? bulgeShare(zone.centre.lat, zone.radiusMetres) : 0;
  const [wider, taller] = [1 + bulge * (e - w), 1 + bulge * (n - s)];
  return {
    west: Math.floor(w - wider),
    south: Math.floor(s - taller),
    east: Math.ceil(e + wider),
    north: Math.ceil(n + taller),
  };
};

/**
 * The outermost points of a circle lie a little outside a box made on the plane of its centre:
 * poleward of the centre meridians are closer. Of its width, at most this share.
 */
const bulgeShare = (lat: number, radiusMetres: number): number =>
  ((Math.tan(lat * RADIANS_PER_DEGREE) * radiusMetres) / EQUATOR_RADIUS_METRES) ** 2 + 0.001;

const cellOf = (steps: number, turnSteps: number): number => {
  const cell = Math.floor((steps / turnSteps + 0.5) * HILBERT_SIDE);
  return Math.min(HILBERT_SIDE - 1, Math.max(0, cell));
};

const orderOf = ({ west, south, east, north }: GridBox): number =>
  alongHilbert(
    cellOf((west + east) / 2, 360 * STEPS_PER_DEGREE),
    cellOf((south + north) / 2, 180 * STEPS_PER_DEGREE),
  );

/**
 * Members in the order of the Hilbert curve, so that neighbours in the list are neighbours on the
 * ground; the same whatever order they come in.
 */
export const inHilbertOrder = (members: readonly ZoneListMember[]): EncodedMember[] =>
  members
    .map(({ memberId, zone }) => {
      const box = boxOfZone(zone);
      const idBytes = new TextEncoder().encode(memberId);
      const bytes = encodeZone(zone);
      const one = { memberId, idBytes, box, bytes, area: zone.areaSquareMetres };
      return { one, order: orderOf(box) };
    })
    .sort((a, b) => a.order - b.order || (a.one.memberId < b.one.memberId ? -1 : 1))
    .map(({ one }) => one);
