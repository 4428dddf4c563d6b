import type { Manifest } from './record-transfer.ts';

/** How a group of a history stands: what came of it, and what did not. */
export type Standing = Readonly<{
  sheets: number;
  lines: number;
  /** Numbers of sheets that others show to be there and that did not come; the first hundred. */
  missing: readonly number[];
  /** Sheets that do not go together with those before them, and why. */
  problems: readonly string[];
  /** Every sheet from the first to the last came, and they go together. */
  isWhole: boolean;
}>;

const MOST_NAMED = 100;

const isOfOne = (a: Manifest, b: Manifest): boolean =>
  a.group === b.group &&
  a.subjectId === b.subjectId &&
  a.source.system === b.source.system &&
  a.source.agency === b.source.agency &&
  a.from === b.from &&
  a.to === b.to;

const problemsOf = (sheets: readonly Manifest[]): string[] => {
  let [before, next] = [0, 1];
  return sheets.flatMap((one, i) => {
    const [first, previous] = [sheets[0] ?? one, sheets[i - 1]];
    const follows = one.sheet === next;
    const expected = before;
    before = one.linesBefore + one.lines;
    next = one.sheet + 1;
    return [
      ...(isOfOne(first, one) ? [] : [`sheet ${one.sheet} is of another export`]),
      ...(previous?.sheet === one.sheet ? [`sheet ${one.sheet} stands there twice`] : []),
      ...(previous?.isLast ? [`sheet ${one.sheet} comes after the last`] : []),
      ...(follows && one.linesBefore !== expected
        ? [`sheet ${one.sheet} has ${one.linesBefore} lines before it, and ${expected} came`]
        : []),
    ];
  });
};

const missingIn = (sheets: readonly Manifest[]): number[] => {
  const known = new Set(sheets.map(({ sheet }) => sheet));
  const last = sheets.at(-1)?.sheet ?? 0;
  const missing: number[] = [];
  for (let sheet = 1; sheet < last && missing.length < MOST_NAMED; sheet += 1) {
    if (!known.has(sheet)) missing.push(sheet);
  }
  return missing;
};

/** Whether the sheets of one group, by their manifests in any order, are all that there is. */
export const standingOf = (manifests: readonly Manifest[]): Standing => {
  const sheets = manifests.toSorted((a, b) => a.sheet - b.sheet);
  const [missing, problems] = [missingIn(sheets), problemsOf(sheets)];
  const hasLast = sheets.at(-1)?.isLast === true;
  return {
    ...{ sheets: sheets.length, lines: sheets.reduce((sum, { lines }) => sum + lines, 0) },
    ...{ missing, problems, isWhole: hasLast && missing.length === 0 && problems.length === 0 },
  };
};
