/** How JSON writes half a character, or either half of a whole one. */
const ESCAPED_HALF = /\\u[dD][89a-fA-F]/;

const mended = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed() : value;

/**
 * Reads JSON so that every text in it is well-formed Unicode: half a character (a lone surrogate,
 * which a program leaves that cuts a text anywhere) becomes U+FFFD. No channel takes a half.
 */
export const parseWellFormed = (json: string): unknown =>
  ESCAPED_HALF.test(json) ? JSON.parse(json, mended) : JSON.parse(json.toWellFormed());

/** Writes JSON that holds no half of a character, which strict readers refuse. */
export const writeWellFormed = (value: object): string => JSON.stringify(value, mended);

const isHalved = (text: string): boolean => !text.isWellFormed();

/** Where in a value the first text with half a character is; null: there is none. */
export const halfCharacterIn = (value: unknown): string | null => {
  // A list and no recursion: what strangers send may be nested as deep as they like.
  const places = [{ path: '', inner: value }];
  for (const { path, inner } of places) {
    if (typeof inner === 'string' && isHalved(inner)) return path;
    if (typeof inner !== 'object' || inner === null) continue;
    for (const [name, next] of Object.entries(inner)) {
      if (isHalved(name)) return path;
      places.push({ path: path === '' ? name : `${path}.${name}`, inner: next });
    }
  }
  return null;
};
