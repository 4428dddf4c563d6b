import bidiModule, { type Bidi } from 'bidi-js';

const isFactory = (value: unknown): value is () => Bidi => typeof value === 'function';

/** Its types say that the factory is a `default` of what is imported here; it is that itself. */
const given: unknown = bidiModule;
if (!isFactory(given)) throw new TypeError('bidi-js gives no factory');
const bidi = given();
const FROM_RIGHT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Whether a text has letters that are read from the right. */
export const isTurned = (text: string): boolean => FROM_RIGHT.test(text);

/** Pieces of a line from left to right. `isShapedTurned`: the font itself turns its letters. */
export type Piece = Readonly<{ text: string; isFromRight: boolean }>;

/** The direction of each character of a paragraph, and of the paragraph itself. */
export const levelsOf = (paragraph: string) => {
  const { levels, paragraphs } = bidi.getEmbeddingLevels(paragraph, 'auto');
  return { levels, isFromRight: (paragraphs[0]?.level ?? 0) % 2 === 1 };
};

type LevelRun = { text: string; level: number };

const levelRuns = (text: string, levels: Uint8Array): LevelRun[] => {
  const runs: LevelRun[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const level = levels[i] ?? 0;
    const last = runs.at(-1);
    if (last !== undefined && last.level === level) last.text += text[i];
    else runs.push({ text: text[i] ?? '', level });
  }
  return runs;
};

/** Turns stretches of high levels, from the highest down. UAX #9, rule L2. */
const reordered = (runs: readonly LevelRun[]): LevelRun[] => {
  let ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) {
    const next: LevelRun[] = [];
    let stretch: LevelRun[] = [];
    for (const run of ordered) {
      if (run.level >= level) stretch.unshift(run);
      else {
        next.push(...stretch, run);
        stretch = [];
      }
    }
    ordered = [...next, ...stretch];
  }
  return ordered;
};

const mirrored = (text: string): string =>
  [...text]
    .reverse()
    .map((one) => bidi.getMirroredCharacter(one) ?? one)
    .join('');

/** Letters from the right are turned by their font; what stands between them is turned here. */
const turnedPieces = (text: string): Piece[] =>
  (text.match(/[\p{L}\p{M}\u200c\u200d]+|[^\p{L}\p{M}\u200c\u200d]+/gu) ?? [])
    .reverse()
    .map((piece) => ({
      text: isTurned(piece) ? piece : mirrored(piece),
      isFromRight: isTurned(piece),
    }));

/** The pieces of a line in the order in which they stand on the page, from left to right. */
export const turnLine = (line: string, levels: Uint8Array): Piece[] =>
  reordered(levelRuns(line, levels)).flatMap(({ text, level }) =>
    level % 2 === 1 ? turnedPieces(text) : [{ text, isFromRight: false }],
  );
