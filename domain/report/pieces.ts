import type { Block, TableBlock } from './block.ts';
import type { Section } from './document.ts';
import type { Words } from './words.ts';

/** A part of a section: a heading and what stands under it. */
export type Part = Section['parts'][number];

/** A section with its own blocks, and the parts after them. */
export const section = (
  heading: string,
  blocks: readonly Block[],
  parts: readonly Part[] = [],
): Section => ({ heading, blocks: [...blocks], parts: [...parts] });

export const paragraph = (text: Words): Block => ({ kind: 'paragraph', text });

export const missing = (what: Words, whyItMatters: Words): Block => ({
  ...{ kind: 'missing', what, whyItMatters },
});

/** Something by name; rows without a value are left out, and so are facts without rows. */
export const factsOf = (
  caption: string,
  rows: readonly (readonly [label: string, value: Words | null])[],
): Block[] => {
  const given = rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
  return given.length === 0 ? [] : [{ kind: 'facts', caption, rows: given }];
};

/** A column of words, of its share of the width. */
export const words = (heading: string, share = 1): TableBlock['columns'][number] => ({
  ...{ heading, align: 'start', share },
});

/** A column of numbers. */
export const numbers = (heading: string, share = 1): TableBlock['columns'][number] => ({
  ...{ heading, align: 'end', share },
});

export type TableOf = Readonly<{
  columns: readonly TableBlock['columns'][number][];
  rows: readonly (readonly Words[])[];
  whenEmpty: string;
}>;

export const tableOf = (caption: string, { columns, rows, whenEmpty }: TableOf): TableBlock => ({
  ...{ kind: 'table', caption, columns: [...columns], whenEmpty },
  rows: rows.map((row) => [...row]),
});

export const listOf = (items: readonly Words[], isNumbered = false): Block[] =>
  items.length === 0 ? [] : [{ kind: 'list', isNumbered, items: [...items] }];

/** "1 fix", "2 fixes". */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;
