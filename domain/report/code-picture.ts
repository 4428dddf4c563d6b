import { box, filled, INK, PAPER, type Picture, type Shape, type Spot } from './picture.ts';

const MODULE = 3;
/** The quiet zone that a reader of QR codes needs: four modules. ISO/IEC 18004, 9.1. */
const QUIET = 4;

const squareAt = (x: number, y: number): readonly Spot[] => [
  [x, y],
  [x + MODULE, y],
  [x + MODULE, y + MODULE],
  [x, y + MODULE],
];

/** Draws a QR code, given as rows of dark modules without a margin. */
export const codePicture = (modules: readonly (readonly boolean[])[]): Picture => {
  const side = (modules.length + 2 * QUIET) * MODULE;
  const dark = modules.flatMap((row, down) =>
    row.flatMap((isDark, right) =>
      isDark ? [squareAt((QUIET + right) * MODULE, (QUIET + down) * MODULE)] : [],
    ),
  );
  const shapes: Shape[] = [
    box([0, 0], [side, side], filled(PAPER)),
    { kind: 'lines', lines: dark, isClosed: true, paint: filled(INK) },
  ];
  return { width: side, height: side, shapes };
};
