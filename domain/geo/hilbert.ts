/** Cells along each side of the square that the curve fills. */
export const HILBERT_SIDE = 65_536;

/**
 * How far along the Hilbert curve a cell lies: cells near each other on the curve lie near each
 * other on the ground. The usual conversion, as in Warren, Hacker's Delight, section 16-2.
 */
export const alongHilbert = (cellX: number, cellY: number): number => {
  let [x, y, along] = [cellX, cellY, 0];
  for (let side = HILBERT_SIDE / 2; side >= 1; side /= 2) {
    const isEast = (x & side) > 0;
    const isNorth = (y & side) > 0;
    along += side * side * (isEast ? (isNorth ? 2 : 3) : isNorth ? 1 : 0);
    if (isNorth) continue;
    if (isEast) [x, y] = [HILBERT_SIDE - 1 - x, HILBERT_SIDE - 1 - y];
    [x, y] = [y, x];
  }
  return along;
};
