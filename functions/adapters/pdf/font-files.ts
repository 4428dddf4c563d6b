import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadFont } from './open-fonts.ts';

/** Reads fonts from a folder; beside the bundle it is called `fonts`. */
export const fontsIn =
  (directory: string): ReadFont =>
  (file) =>
    readFileSync(join(directory, file));
