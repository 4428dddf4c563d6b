import type { Weight } from './faces.ts';
import type { FacedText, Fonts, OpenFace } from './open-fonts.ts';
import { isTurned, levelsOf, turnLine } from './turn-text.ts';

/** In points. */
export type Style = Readonly<{ size: number; weight: Weight }>;

export type Run = FacedText & Readonly<{ width: number }>;

/** A line that fits its column: what it says, and its runs from left to right. */
export type Line = Readonly<{
  text: string;
  runs: readonly Run[];
  width: number;
  /** Letters of it are read from the right: `text` is their order. */
  isTurned: boolean;
  /** It begins at the right. */
  isFromRight: boolean;
}>;

/**
 * A letter of a script that breaks anywhere, or a word; with the spaces after it. A no-break space
 * is part of its word.
 */
const BREAKS_ANYWHERE = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const PIECES = new RegExp(`${BREAKS_ANYWHERE} *|[^ ]+?(?=${BREAKS_ANYWHERE})|[^ ]+ *| +`, 'gu');
const WORDS = /[^ \t]*[ \t]|[^ \t]+/gu;
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** So many widths are remembered; then all are forgotten. */
const MOST_WIDTHS = 50_000;

const withoutSpaces = (text: string): string => text.replace(/ +$/, '');

/** Sets text in lines. */
export const textSetter = (fonts: Fonts) => {
  const widths = new Map<string, number>();

  const measure = (text: string, face: OpenFace): number => {
    const key = `${face.file} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    if (widths.size >= MOST_WIDTHS) widths.clear();
    const width = face.font.layout(text).advanceWidth / face.font.unitsPerEm;
    widths.set(key, width);
    return width;
  };

  /** Word by word, as the document sets it. */
  const widthOf = ({ text, face }: FacedText, size: number): number =>
    size * (text.match(WORDS) ?? []).reduce((sum, word) => sum + measure(word, face), 0);

  const runsOf = (text: string, { size, weight }: Style): Run[] =>
    fonts.divide(text, weight).map((faced) => ({ ...faced, width: widthOf(faced, size) }));

  const sumOf = (runs: readonly Run[]): number => runs.reduce((sum, { width }) => sum + width, 0);

  const pieceWidth = (text: string, style: Style): number => sumOf(runsOf(text, style));

  /** A word that no column holds is cut between letters. */
  const cut = (word: string, style: Style, width: number): string[] => {
    const parts: string[] = [''];
    for (const { segment } of clusters.segment(word)) {
      const longer = `${parts.at(-1)}${segment}`;
      if (parts.at(-1) !== '' && pieceWidth(longer, style) > width) parts.push(segment);
      else parts[parts.length - 1] = longer;
    }
    return parts;
  };

  const broken = (paragraph: string, style: Style, width: number): string[] => {
    const lines: string[] = [''];
    let used = 0;
    const pieces = (paragraph.match(PIECES) ?? []).flatMap((piece) =>
      pieceWidth(withoutSpaces(piece), style) > width ? cut(piece, style, width) : [piece],
    );
    for (const piece of pieces) {
      if (used > 0 && used + pieceWidth(withoutSpaces(piece), style) > width) {
        lines.push('');
        used = 0;
      }
      lines[lines.length - 1] += piece;
      used += pieceWidth(piece, style);
    }
    return lines;
  };

  const turned = (line: string, levels: Uint8Array, style: Style): Run[] =>
    turnLine(line, levels).flatMap(({ text, isFromRight }) => {
      const runs = runsOf(text, style);
      return isFromRight ? runs.reverse() : runs;
    });

  const setParagraph = (paragraph: string, style: Style, width: number): Line[] => {
    const turns = isTurned(paragraph) ? levelsOf(paragraph) : null;
    let start = 0;
    return broken(paragraph, style, width).map((whole) => {
      const text = withoutSpaces(whole);
      const levels = turns?.levels.subarray(start, start + text.length);
      start += whole.length;
      const runs = levels === undefined ? runsOf(text, style) : turned(text, levels, style);
      return {
        ...{ text, runs, width: sumOf(runs) },
        ...{ isTurned: isTurned(text), isFromRight: turns?.isFromRight ?? false },
      };
    });
  };

  /** The lines of a text in a column of a width in points. An empty text is one empty line. */
  const linesOf = (text: string, style: Style, width: number): Line[] =>
    text.split('\n').flatMap((paragraph) => setParagraph(paragraph, style, width));

  return { linesOf };
};
export type TextSetter = ReturnType<typeof textSetter>;
