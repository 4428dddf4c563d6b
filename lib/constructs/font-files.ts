const files = (family: string, ...letters: readonly string[]): string[] =>
  letters.flatMap((one) =>
    [400, 700].map(
      (weight) => `node_modules/@fontsource/${family}/files/${family}-${one}-${weight}-normal.woff`,
    ),
  );

/** The fonts that lie beside the bundle of `report`, which sets names in any script in them. */
export const fontFiles: readonly string[] = [
  ...files('noto-sans', 'latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'),
  ...files('noto-sans', 'vietnamese', 'devanagari'),
  ...files('noto-sans-arabic', 'arabic'),
  ...files('noto-sans-hebrew', 'hebrew'),
  ...files('noto-sans-bengali', 'bengali'),
  ...files('noto-sans-gujarati', 'gujarati'),
  ...files('noto-sans-gurmukhi', 'gurmukhi'),
  ...files('noto-sans-tamil', 'tamil'),
  'node_modules/@fontsource/unifontex/files/unifontex-latin-400-normal.woff',
];
