import { box, filled, INK, PAPER, type Picture } from './picture.ts';

const MODULE = 3;
/** The quiet zone that a reader of QR codes needs: four modules. ISO/IEC 18004, 9.1. */
const QUIET = 4;

/** Draws a QR code, given as rows of dark modules without a margin. */
export const codePicture = (modules: readonly (readonly boolean[])[]): Picture => {
  const side = (modules.length + 2 * QUIET) * MODULE;
  const dark = modules.flatMap((row, down) =>
    row.flatMap((isDark, right) =>
      isDark
        ? [box([(QUIET + right) * MODULE, (QUIET + down) * MODULE], [MODULE, MODULE], filled(INK))]
        : [],
    ),
  );
  const shapes = [box([0, 0], [side, side], filled(PAPER)), ...dark];
  return { width: side, height: side, shapes };
};
