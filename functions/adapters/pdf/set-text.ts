import type { Weight } from './faces.ts';
import type { FacedText, Fonts, OpenFace } from './open-fonts.ts';
import { isTurned, levelsOf, turnLine } from './turn-text.ts';

/** In points. */
export type Style = Readonly<{ size: number; weight: Weight }>;

/**
 * Text of one font. `isSpelled`: its signs, read one by one, say it. A font may have one sign for
 * several letters, or set one letter of several signs: then they do not.
 */
export type Run = FacedText & Readonly<{ width: number; isSpelled: boolean }>;

/** A line that fits its column: what it says, and its runs from left to right. */
export type Line = Readonly<{
  /** With the space that parts it from the next line. */
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
/** Words that a no-break space holds together, one by one. */
const HELD = /[^\u00a0]*\u00a0|[^\u00a0]+/g;
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** So many words are remembered; then all are forgotten. */
const MOST_MEASURED = 50_000;
/** Of a word; its width at a size of one. */
type Measured = Readonly<{ width: number; isSpelled: boolean }>;

/** The words of what is held together, which spaces part from now on. */
const parted = (piece: string): string[] =>
  (piece.match(HELD) ?? []).map((word) => word.replace('\u00a0', ' '));

const withoutSpaces = (text: string): string => text.replace(/ +$/, '');

/** Sets text in lines. */
export const textSetter = (fonts: Fonts) => {
  const measured = new Map<string, Measured>();

  const measure = (text: string, face: OpenFace): Measured => {
    const key = `${face.file} ${text}`;
    const known = measured.get(key);
    if (known !== undefined) return known;
    if (measured.size >= MOST_MEASURED) measured.clear();
    const { advanceWidth, glyphs } = face.font.layout(text);
    const said = glyphs.map(({ codePoints }) => String.fromCodePoint(...codePoints)).join('');
    const found = { width: advanceWidth / face.font.unitsPerEm, isSpelled: said === text };
    measured.set(key, found);
    return found;
  };

  /** Word by word, as the document sets it; words that are spelled are one run. */
  const spelledRuns = ({ text, face }: FacedText, size: number): Run[] => {
    const runs: { text: string; face: OpenFace; width: number; isSpelled: boolean }[] = [];
    for (const word of text.match(WORDS) ?? []) {
      const { width, isSpelled } = measure(word, face);
      const last = runs.at(-1);
      if (last?.isSpelled && isSpelled) {
        last.text += word;
        last.width += size * width;
      } else runs.push({ text: word, face, width: size * width, isSpelled });
    }
    return runs;
  };

  const runsOf = (text: string, { size, weight }: Style): Run[] =>
    fonts.divide(text, weight).flatMap((faced) => spelledRuns(faced, size));

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
    const fits = (piece: string): boolean => pieceWidth(withoutSpaces(piece), style) <= width;
    // What is held together and does not fit is parted where it is held, only then within words.
    const pieces = (paragraph.match(PIECES) ?? [])
      .flatMap((piece) => (fits(piece) ? [piece] : parted(piece)))
      .flatMap((piece) => (fits(piece) ? [piece] : cut(piece, style, width)));
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
      // Whoever has it read aloud or copies it hears where a word ends from the space alone.
      const space = whole.endsWith(' ') ? ' ' : '';
      return {
        ...{ text: `${text}${space}`, width: sumOf(runs) },
        runs: levels === undefined ? runsOf(`${text}${space}`, style) : runs,
        ...{ isTurned: isTurned(text), isFromRight: turns?.isFromRight ?? false },
      };
    });
  };

  /** The width of the longest piece of a text that is not to be broken. */
  const widest = (text: string, style: Style): number =>
    Math.max(0, ...text.split(/[ \n]/).map((word) => pieceWidth(word, style)));

  /** The lines of a text in a column of a width in points. An empty text is one empty line. */
  const linesOf = (text: string, style: Style, width: number): Line[] =>
    text
      .replaceAll('\n', ' \n')
      .split('\n')
      .flatMap((paragraph) => setParagraph(paragraph, style, width));

  return { linesOf, widest };
};
export type TextSetter = ReturnType<typeof textSetter>;
