import type { KnownPlace } from '../evaluate/position/known-place.ts';
import type { Question } from '../evaluate/position/question.ts';
import type { CompiledZone } from '../geo/compiled-zone.ts';
import { type Position, position } from '../geo/position.ts';
import { membersWithin } from '../geo/zone-list.ts';
import type { Fix, FixSource } from '../model/device-event.ts';
import type { MapBlock } from './block.ts';
import type { MapDrawing, MarkSource, PlanePoint } from './map-drawing.ts';
import { cornersOf, extentOf, LEAST_SIDE_METRES, sideOf, widened } from './map-extent.ts';
import { mapWords } from './map-words.ts';
import type { Sketch } from './trail-sketch.ts';
import {
  bufferRings,
  circleRing,
  type DrawingPlane,
  drawnRing,
  type Extent,
  planeFrom,
  zoneRings,
} from './zone-outline.ts';

/** So many fixes are marked one by one; of more, those alone that something rests on. */
const MOST_MARKED = 80;
const MOST_MEMBERS = 20;
/** Circles of more than that would push everything else into a corner. */
const WIDEST_CIRCLE_METRES = 500;
/** A zone is shown whole where it is no wider than so many times what was walked. */
const WHOLE_ZONE_SHARE = 4;
/** Of a scatter that is alike on both axes 95 in 100 fixes lie within so many deviations. */
const DEVIATIONS_OF_95_PERCENT = 2.4477;

/** What the condition is about, as it is drawn. */
export type Drawn = Readonly<{
  question: Question | null;
  /** The name of the zone, or of the address. */
  name: string;
  part: 'exclusion' | 'inclusion' | 'home';
  /** Of the zone, whoever watches it. */
  bufferMetres: number;
}>;

const SOURCE: Readonly<Record<FixSource, MarkSource>> = {
  ...{ gnss: 'satellite', wifi: 'network', cell: 'network', rf: 'beacon' },
};

type Named = Readonly<{ name: string; zone: CompiledZone }>;

/** The zone; or those of a list that the trail comes near. */
const zonesOf = ({ question, name }: Drawn, near: readonly Position[]): Named[] => {
  const zone = question?.zone ?? null;
  if (zone === null) return [];
  if (zone.kind !== 'list') return [{ name, zone }];
  const found = new Map<string, Named>();
  for (const at of near) {
    for (const one of membersWithin(zone.list, at, LEAST_SIDE_METRES)) {
      if (found.size < MOST_MEMBERS)
        found.set(one.memberId, { name: one.memberId, zone: one.zone });
    }
  }
  return [...found.values()];
};

type Mark = MapDrawing['marks'][number];
type Placed = Readonly<{ plane: DrawingPlane; extent: Extent }>;

const markOf = (fix: Fix, label: string | null, plane: DrawingPlane): Mark => ({
  ...{ point: plane.toMetres(fix), source: SOURCE[fix.source], label },
  accuracyMetres: fix.accuracyMetres,
});

/** Fixes that something rests on under their numbers, stays under theirs, and others if few. */
const marksOf = (sketch: Sketch, plane: DrawingPlane): Mark[] => {
  const wanted = new Set(sketch.wanted);
  const stays = sketch.stays.filter(({ deepest }) => !wanted.has(deepest));
  const named = new Set([...wanted, ...stays.map(({ deepest }) => deepest)]);
  const points = sketch.stretches.flatMap((one) => one.points);
  const others = points.filter((fix) => !named.has(fix));
  const isAll = sketch.withinMetres === 0 && others.length <= MOST_MARKED;
  return [
    ...(isAll ? others.map((fix) => markOf(fix, null, plane)) : []),
    ...stays.map((stay, i) => {
      const label = `S${i + 1}${stay.times > 1 ? ` (${stay.times})` : ''}`;
      return markOf(stay.deepest, label, plane);
    }),
    ...sketch.wanted.map((fix, i) => markOf(fix, String(i + 1), plane)),
  ];
};

const gapsOf = ({ stretches }: Sketch, plane: DrawingPlane): MapDrawing['gaps'] =>
  stretches.flatMap(({ after, fromAt, points }) => {
    const [next] = points;
    if (after === null || next === undefined) return [];
    return [
      {
        ...{ fromAt: after.recordedAt, untilAt: fromAt },
        ...{ lastPoint: plane.toMetres(after), nextPoint: plane.toMetres(next) },
      },
    ];
  });

/** Within it lie 95 in 100 of the fixes that are taken at a place. */
const placeRing = (place: KnownPlace, plane: DrawingPlane): PlanePoint[] =>
  circleRing(
    plane.toMetres(place),
    DEVIATIONS_OF_95_PERCENT * Math.sqrt(place.varianceSquareMetres),
  );

const areasOf = (drawn: Drawn, zones: readonly Named[], placed: Placed): MapDrawing['areas'] => {
  const { question, part, bufferMetres } = drawn;
  const buffers = bufferMetres > 0 ? zones : [];
  const places = question?.zone === null ? question.places : [];
  return [
    ...buffers.map(({ name, zone }) => ({
      ...{ name: `buffer of ${bufferMetres} m round ${name}`, part: 'buffer' as const },
      rings: bufferRings(zone, bufferMetres, placed),
    })),
    ...zones.map(({ name, zone }) => ({
      ...{ name, part },
      rings: zoneRings(zone, placed.plane).map((ring) => drawnRing(ring, sideOf(placed.extent))),
    })),
    ...places.map((place) => ({
      ...{ name: drawn.name, part: 'home' as const },
      rings: [placeRing(place, placed.plane)],
    })),
  ];
};

/** Everything that must be in the picture. */
const placedFor = (sketch: Sketch, drawn: Drawn, zones: readonly Named[]): Placed | null => {
  const points = sketch.stretches.flatMap((one) => one.points);
  const fixes = [...points, ...sketch.wanted, ...sketch.stays.map(({ deepest }) => deepest)];
  const [first] = fixes;
  if (first === undefined) return null;
  const places = drawn.question?.zone === null ? drawn.question.places : [];
  const plane = planeFrom(position(first.lat, first.lon));
  const circles = [...sketch.wanted, ...sketch.stays.map(({ deepest }) => deepest)].flatMap((fix) =>
    circleRing(plane.toMetres(fix), Math.min(WIDEST_CIRCLE_METRES, fix.accuracyMetres ?? 0)),
  );
  const shown = [
    ...fixes.map((at) => plane.toMetres(at)),
    ...places.flatMap((place) => placeRing(place, plane)),
  ];
  const walked = widened(extentOf([...shown, ...circles]));
  const buffer = drawn.bufferMetres;
  const whole = zones.flatMap(({ zone }) => {
    const corners = zoneRings(zone, plane).flat();
    const { westMetres, eastMetres, southMetres, northMetres } = extentOf(corners);
    const wide: Extent = {
      ...{ westMetres: westMetres - buffer, eastMetres: eastMetres + buffer },
      ...{ southMetres: southMetres - buffer, northMetres: northMetres + buffer },
    };
    return sideOf(wide) <= WHOLE_ZONE_SHARE * sideOf(walked) ? cornersOf(wide) : [];
  });
  const extent = whole.length === 0 ? walked : widened(extentOf([...cornersOf(walked), ...whole]));
  return { plane, extent };
};

/** Draws a sketch of a trail with what its condition is about; null where there is no position. */
export const trailMap = (sketch: Sketch, drawn: Drawn): MapBlock | null => {
  const points = sketch.stretches.flatMap((one) => one.points);
  const zones = zonesOf(drawn, [...points, ...sketch.wanted]);
  const placed = placedFor(sketch, drawn, zones);
  const [first] = [...points, ...sketch.wanted, ...sketch.stays.map(({ deepest }) => deepest)];
  if (placed === null || first === undefined) return null;
  const { window } = sketch;
  return {
    kind: 'map',
    caption: [
      `${drawn.name}: where the data show the wearer from `,
      { at: window.fromAt },
      ' to ',
      { at: window.untilAt },
    ],
    description: mapWords(sketch, drawn.name),
    drawing: {
      origin: position(first.lat, first.lon),
      extent: placed.extent,
      areas: areasOf(drawn, zones, placed),
      segments: sketch.stretches.map(({ fromAt, untilAt, points: corners }) => ({
        ...{ fromAt, untilAt, points: corners.map((fix) => placed.plane.toMetres(fix)) },
      })),
      gaps: gapsOf(sketch, placed.plane),
      marks: marksOf(sketch, placed.plane),
    },
  };
};
