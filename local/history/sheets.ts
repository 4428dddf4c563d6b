import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  HISTORY_GROUPS,
  type HistoryGroup,
  type Manifest,
} from '#domain/exchange/record-transfer.ts';
import { readSheet } from '#domain/exchange/sheet.ts';
import { standingOf } from '#domain/exchange/whole-group.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A sheet as its text, and what its first line says. */
export type Sheet = Readonly<{ text: string; manifest: Manifest }>;

/** Reads a sheet. Throws with the first things that are wrong with it. */
export const sheetFrom = (text: string, where: string): Sheet => {
  const read = readSheet(text, sha256);
  if (read.ok) return { text, manifest: read.manifest };
  const told = read.problems.slice(0, 5).map(({ line, path, message }) => {
    return `line ${line}${path === '' ? '' : `, ${path}`}: ${message}`;
  });
  throw new Error(`${where}: ${told.join('; ')}`);
};

/** Throws where sheets are not all that there is of a group. */
export const mustBeWhole = (sheets: readonly Sheet[], where: string) => {
  const standing = standingOf(sheets.map(({ manifest }) => manifest));
  if (standing.isWhole) return standing;
  const missing = standing.missing.map((sheet) => `sheet ${sheet} is missing`);
  const said = [...missing, ...standing.problems].slice(0, 5).join('; ') || 'the last is missing';
  throw new Error(`${where} is not whole: ${said}`);
};

const fileOf = (sheet: number): string => `${String(sheet).padStart(8, '0')}.ndjson`;

/** Keeps a sheet in a folder of its group. */
export const keepSheet = async (directory: string, { text, manifest }: Sheet): Promise<void> => {
  const folder = join(directory, manifest.group);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, fileOf(manifest.sheet)), text, { mode: 0o600 });
};

const inGroup = async (directory: string, group: HistoryGroup): Promise<Sheet[]> => {
  const folder = join(directory, group);
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ndjson')).sort();
  const texts = files.map((file) => readFile(join(folder, file), 'utf8'));
  return (await Promise.all(texts)).map((text, i) => sheetFrom(text, `${group}/${files[i]}`));
};

/** Throws where groups that lie in one folder are of several people, or senders. */
const mustBeOfOne = (sheets: readonly Sheet[], directory: string): void => {
  const whose = sheets.map(({ manifest: { source, subjectId } }) =>
    [source.system, source.agency, subjectId].join(', '),
  );
  const [first, other] = new Set(whose);
  if (other === undefined) return;
  throw new Error(`${directory} has sheets of ${first} and of ${other}: import each by itself`);
};

/**
 * Every group of a folder, each whole and all of one person. Throws where one is not, or where
 * there is nothing.
 */
export const wholeGroups = async (directory: string): Promise<Sheet[]> => {
  const groups = await Promise.all(HISTORY_GROUPS.map((group) => inGroup(directory, group)));
  const found = groups.filter((sheets) => sheets.length > 0);
  if (found.length === 0) throw new Error(`${directory} has no sheet of any group`);
  for (const sheets of found) mustBeWhole(sheets, `${directory}/${sheets[0]?.manifest.group}`);
  const all = found.flat();
  mustBeOfOne(all, directory);
  return all;
};
