import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the house: its path from the root, with slashes, and its text. */
export type Source = Readonly<{ path: string; text: string }>;

export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** What `.gitignore` leaves out, and binary or foreign material. */
const SKIPPED = new Set([
  '.git',
  'node_modules',
  'cdk.out',
  '.local',
  '.stryker-tmp',
  'coverage',
  'data',
]);
const TEXT = /\.(ts|mjs|js|json|md|yml|yaml|html|css|txt)$|^\.[a-z]+$|^[A-Z]+$/;

const walk = (directory: string): Source[] =>
  readdirSync(join(ROOT, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(directory, entry.name);
    if (SKIPPED.has(entry.name)) return [];
    if (entry.isDirectory()) return walk(path);
    const isText = entry.isFile() && TEXT.test(entry.name) && entry.name !== 'package-lock.json';
    return isText ? [{ path, text: readFileSync(join(ROOT, path), 'utf8') }] : [];
  });

/** Every text file that belongs to the project. */
export const allSources = (): Source[] => walk('');

export const lineOf = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length;
