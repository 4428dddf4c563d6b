/** A number with three digits that count, and commas. */
export const digits = (value: number): string =>
  value >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toPrecision(Math.min(3, Math.max(1, Math.ceil(Math.log10(value + 1)) + 1)));

/** Prints rows under their heads, the first column to the left and the others to the right. */
export const printTable = (
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): void => {
  const all = [heads, ...rows];
  const widths = heads.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  const lines = all.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  );
  console.log(`\n${title}`);
  for (const line of lines) console.log(`  ${line}`);
};

/** What was hoped for and what came of it. */
export type Aim = Readonly<{ what: string; aim: string; measured: string; isMet: boolean }>;

export const printAims = (aims: readonly Aim[]): void =>
  printTable(
    'Aims',
    ['', 'aim', 'measured', ''],
    aims.map(({ what, aim, measured, isMet }) => [what, aim, measured, isMet ? 'met' : 'NOT MET']),
  );
