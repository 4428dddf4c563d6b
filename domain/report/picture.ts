import type { MarkSource } from './map-drawing.ts';

/** Points to the right and points down from a picture's upper left corner. */
export type Spot = readonly [x: number, y: number];

/** How a shape looks. Colours are as #rrggbb; what is null is not there. */
export type Paint = Readonly<{
  fill: string | null;
  /** 0 to 1; of the fill alone. */
  fillOpacity: number;
  stroke: string | null;
  strokeWidth: number;
  isDashed: boolean;
}>;

export type Shape =
  | Readonly<{
      kind: 'lines';
      lines: readonly (readonly Spot[])[];
      isClosed: boolean;
      paint: Paint;
    }>
  | Readonly<{ kind: 'circle'; centre: Spot; radius: number; paint: Paint }>
  | Readonly<{
      kind: 'label';
      spot: Spot;
      text: string;
      size: number;
      anchor: 'start' | 'middle' | 'end';
    }>;

/**
 * A picture of shapes, each over those before it, cut off at its edges; in points of 1/72 inch.
 * Whoever draws one draws all of it as it says: so a map is the same map in HTML and in PDF.
 */
export type Picture = Readonly<{ width: number; height: number; shapes: readonly Shape[] }>;

export const INK = '#0b0c0c';
export const PAPER = '#ffffff';

export const filled = (fill: string, fillOpacity = 1): Paint => ({
  ...{ fill, fillOpacity, stroke: null, strokeWidth: 0, isDashed: false },
});

export const stroked = (stroke: string, strokeWidth: number, isDashed = false): Paint => ({
  ...{ fill: null, fillOpacity: 1, stroke, strokeWidth, isDashed },
});

/** A rectangle from its upper left corner. */
export const box = ([x, y]: Spot, [width, height]: Spot, paint: Paint): Shape => ({
  kind: 'lines',
  lines: [
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ],
  ],
  isClosed: true,
  paint,
});

const around = ([x, y]: Spot, spots: readonly Spot[]): readonly Spot[] =>
  spots.map(([right, down]) => [x + right, y + down]);

const MARK = 2.6;
const MARK_PAINT: Paint = {
  ...{ fill: '#1d70b8', fillOpacity: 1, stroke: PAPER, strokeWidth: 0.6, isDashed: false },
};

const CORNERS: Readonly<Record<Exclude<MarkSource, 'satellite'>, readonly Spot[]>> = {
  network: [
    [0, -1.4 * MARK],
    [1.4 * MARK, 0],
    [0, 1.4 * MARK],
    [-1.4 * MARK, 0],
  ],
  beacon: [
    [0, -1.3 * MARK],
    [1.3 * MARK, MARK],
    [-1.3 * MARK, MARK],
  ],
  other: [
    [-MARK, -MARK],
    [MARK, -MARK],
    [MARK, MARK],
    [-MARK, MARK],
  ],
};

/** The mark of a fix: told apart by its form as well, for whoever cannot tell colours. */
export const markShape = (source: MarkSource, centre: Spot): Shape => {
  if (source === 'satellite') return { kind: 'circle', centre, radius: MARK, paint: MARK_PAINT };
  const lines = [around(centre, CORNERS[source])];
  return { kind: 'lines', lines, isClosed: true, paint: MARK_PAINT };
};

/** Where the trail breaks off, or begins again. */
export const crossShape = (centre: Spot): Shape => ({
  kind: 'lines',
  lines: [
    around(centre, [
      [-3.5, -3.5],
      [3.5, 3.5],
    ]),
    around(centre, [
      [-3.5, 3.5],
      [3.5, -3.5],
    ]),
  ],
  isClosed: false,
  paint: stroked('#b00020', 1.4),
});
