export type Weight = 'regular' | 'bold';

/** A font for some letters, in both weights: names of files of @fontsource packages. */
export type Face = Readonly<{ name: string } & Record<Weight, string>>;

const face = (family: string, letters: string): Face => ({
  name: letters,
  regular: `${family}-${letters}-400-normal.woff`,
  bold: `${family}-${letters}-700-normal.woff`,
});

/**
 * What has letters of nearly every script, coarsely, and joins none: better than a box. 3 MB, and
 * two seconds to open, so it is opened only for letters that no other font has.
 */
const lastFace: Face = {
  name: 'any',
  regular: 'unifontex-latin-400-normal.woff',
  bold: 'unifontex-latin-400-normal.woff',
};

/** Fonts in the order in which they are asked for a letter. */
export const FACES: readonly Face[] = [
  face('noto-sans', 'latin'),
  face('noto-sans', 'latin-ext'),
  face('noto-sans', 'cyrillic'),
  face('noto-sans', 'cyrillic-ext'),
  face('noto-sans', 'greek'),
  face('noto-sans', 'greek-ext'),
  face('noto-sans', 'vietnamese'),
  face('noto-sans', 'devanagari'),
  face('noto-sans-arabic', 'arabic'),
  face('noto-sans-hebrew', 'hebrew'),
  face('noto-sans-bengali', 'bengali'),
  face('noto-sans-gujarati', 'gujarati'),
  face('noto-sans-gurmukhi', 'gurmukhi'),
  face('noto-sans-tamil', 'tamil'),
  lastFace,
];
