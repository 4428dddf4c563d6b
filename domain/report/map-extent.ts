import type { PlanePoint } from './map-drawing.ts';
import type { Extent } from './zone-outline.ts';

/** A picture of less says nothing of what lies about. */
export const LEAST_SIDE_METRES = 200;
const MARGIN_SHARE = 0.08;

/** The least picture that holds some points. */
export const extentOf = (points: readonly PlanePoint[]): Extent => {
  const east = points.map(([x]) => x);
  const north = points.map(([, y]) => y);
  return {
    westMetres: Math.min(...east),
    eastMetres: Math.max(...east),
    southMetres: Math.min(...north),
    northMetres: Math.max(...north),
  };
};

/** The longer side, metres. */
export const sideOf = (extent: Extent): number =>
  Math.max(extent.eastMetres - extent.westMetres, extent.northMetres - extent.southMetres);

/** A square about it, with a margin. */
export const widened = (extent: Extent): Extent => {
  const middle = (a: number, b: number) => (a + b) / 2;
  const half = Math.max(LEAST_SIDE_METRES, sideOf(extent) * (1 + 2 * MARGIN_SHARE)) / 2;
  const east = middle(extent.westMetres, extent.eastMetres);
  const north = middle(extent.southMetres, extent.northMetres);
  return {
    ...{ westMetres: east - half, eastMetres: east + half },
    ...{ southMetres: north - half, northMetres: north + half },
  };
};

/** Two corners, of which it is the least picture. */
export const cornersOf = (extent: Extent): PlanePoint[] => [
  [extent.westMetres, extent.southMetres],
  [extent.eastMetres, extent.northMetres],
];
