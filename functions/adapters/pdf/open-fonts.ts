import { create, type Font } from 'fontkit';
import { FACES, type Face, type Weight } from './faces.ts';
import { unpackWoff } from './unpack-woff.ts';

/** Gives the bytes of a font's file, by the file's name. */
export type ReadFont = (file: string) => Uint8Array;

/** A font as a document knows it, by its file's name. */
export type OpenFace = Readonly<{
  file: string;
  font: Font;
  codePoints: ReadonlySet<number>;
}>;

/** Text of one font. */
export type FacedText = Readonly<{ text: string; face: OpenFace }>;

const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const PLAIN = /^[\x20-\x7e]*$/;

const named = (cluster: string): string =>
  [...cluster]
    .map((one) => one.codePointAt(0) ?? 0)
    .map((code) => `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`)
    .join('');

/** Marks that stand beside their letter, and not on it: all that fontkit 2.0 comes to grief by. */
const UNPLACED = { abvm: false, blwm: false, mark: false, mkmk: false };

/** Where a font places a mark on nothing, fontkit throws: such a word is set without placing. */
const shapeSafely = (font: Font): void => {
  const layout = font.layout.bind(font);
  font.layout = (text, features, ...more) => {
    try {
      return layout(text, features, ...more);
    } catch {
      // Record: the same letters, with their marks beside them.
      return layout(text, UNPLACED, ...more);
    }
  };
};

/** Opens fonts when a letter first needs them, and tells which has which letters. */
export const openFonts = (read: ReadFont) => {
  const opened = new Map<string, OpenFace>();

  const open = (file: string): OpenFace => {
    const known = opened.get(file);
    if (known !== undefined) return known;
    const font = create(unpackWoff(read(file)));
    if (!('layout' in font)) throw new TypeError(`${file} holds several fonts`);
    shapeSafely(font);
    const face = { file, font, codePoints: new Set(font.characterSet) };
    opened.set(file, face);
    return face;
  };

  const has = ({ codePoints }: OpenFace, cluster: string): boolean =>
    [...cluster].every((one) => codePoints.has(one.codePointAt(0) ?? 0));

  /** The first font that has a cluster; null where none has. */
  const faceFor = (cluster: string, weight: Weight): OpenFace | null => {
    for (const face of FACES) {
      const candidate = open(face[weight]);
      if (has(candidate, cluster)) return candidate;
    }
    return null;
  };

  const fileOf = (face: Face | undefined, weight: Weight): string => face?.[weight] ?? '';
  const plainFace = (weight: Weight): OpenFace => open(fileOf(FACES[0], weight));
  const lastFile = (weight: Weight): string => fileOf(FACES.at(-1), weight);

  /** fontkit cannot shape some words of some scripts: they are set in the last font instead. */
  const canShape = ({ text, face }: FacedText): boolean => {
    try {
      face.font.layout(text);
      return true;
    } catch {
      // Record: the word is set letter by letter in the last font.
      return false;
    }
  };

  const shaped = (faced: FacedText, weight: Weight): FacedText =>
    canShape(faced) ? faced : { text: faced.text, face: open(lastFile(weight)) };

  /** A text divided by the fonts that its letters need; what no font has is named. */
  const divide = (text: string, weight: Weight): FacedText[] => {
    if (PLAIN.test(text)) return text === '' ? [] : [{ text, face: plainFace(weight) }];
    const found: { text: string; face: OpenFace }[] = [];
    for (const { segment } of clusters.segment(text.normalize('NFC'))) {
      const last = found.at(-1);
      const stays = last !== undefined && last.face.file !== lastFile(weight);
      const face = stays && has(last.face, segment) ? last.face : faceFor(segment, weight);
      const piece = {
        text: face === null ? named(segment) : segment,
        face: face ?? plainFace(weight),
      };
      if (last !== undefined && last.face === piece.face) last.text += piece.text;
      else found.push(piece);
    }
    return found.map((faced) => shaped(faced, weight));
  };

  return { divide };
};
export type Fonts = ReturnType<typeof openFonts>;
