import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fontFiles } from '#lib/constructs/font-files.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where each font's file lies in the packages. */
const places = new Map(fontFiles.map((path) => [path.slice(path.lastIndexOf('/') + 1), path]));

/** Reads the fonts of reports from their packages. */
export const readPackagedFont = (file: string): Uint8Array =>
  readFileSync(`${root}${places.get(file) ?? file}`);
