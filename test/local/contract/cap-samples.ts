import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../schemas/cap/samples/', import.meta.url);

/** Messages that google/cap-library tests its validator by: name and text. */
export const samples = (kind: 'valid' | 'invalid'): [name: string, xml: string][] =>
  readdirSync(new URL(`${kind}/`, folder)).map((name) => [
    name,
    readFileSync(new URL(`${kind}/${name}`, folder), 'utf8'),
  ]);
