import decodeQR from 'qr/decode.js';
import { expect, it } from 'vitest';
import { verificationCode } from '#domain/report/verification.ts';
import { verificationAt } from '#functions/adapters/report-verification.ts';

const SCALE = 4;
const MARGIN = 4;

/** The modules as a picture, with the margin that a reader needs. */
const photographed = (modules: readonly (readonly boolean[])[]) => {
  const side = (modules.length + 2 * MARGIN) * SCALE;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [y, x].map((pixel) => Math.floor(pixel / SCALE) - MARGIN);
      const isDark = modules[row ?? -1]?.[column ?? -1] === true;
      if (isDark) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return { width: side, height: side, data };
};

it('the code on a print leads to where its report is verified', () => {
  const sha256 = 'ab'.repeat(32);
  const { modules, address } = verificationAt('https://api.example')(sha256);
  expect(address).toContain(verificationCode(sha256));
  expect(decodeQR(photographed(modules))).toBe(address);
});
