import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openFonts } from '#functions/adapters/pdf/open-fonts.ts';
import { fontFiles } from '#lib/constructs/font-files.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where each font's file lies in the packages. */
const places = new Map(fontFiles.map((path) => [path.slice(path.lastIndexOf('/') + 1), path]));

/** The fonts of reports, read from their packages. */
export const packagedFonts = () =>
  openFonts((file) => readFileSync(`${root}${places.get(file) ?? file}`));
