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

/** Every text in a value with where it stands, and every name with where what it names stands. */
function* textsIn(value: unknown): Generator<Readonly<{ path: string; text: string }>> {
  // A list and no recursion: what strangers send may be nested as deep as they like.
  const places = [{ path: '', inner: value }];
  for (const { path, inner } of places) {
    if (typeof inner === 'string') yield { path, text: inner };
    if (typeof inner !== 'object' || inner === null) continue;
    for (const [name, next] of Object.entries(inner)) {
      yield { path, text: name };
      places.push({ path: path === '' ? name : `${path}.${name}`, inner: next });
    }
  }
}

const firstIn = (value: unknown, isWanted: (text: string) => boolean): string | null => {
  for (const { path, text } of textsIn(value)) if (isWanted(text)) return path;
  return null;
};

/** Where in a value the first text with half a character is; null: there is none. */
export const halfCharacterIn = (value: unknown): string | null => firstIn(value, isHalved);

/** A letter, digit or sign that can be seen: no space, mark without a letter, or filler. */
const SEEN = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800\ufffd]]/v;

/** Whether a text shows anything to whoever reads it. */
export const isSeen = (text: string): boolean => SEEN.test(text);

/** Where in a value there are texts that have characters, and show nothing. */
export const blanksIn = (value: unknown): string[] =>
  [...textsIn(value)].flatMap(({ path, text }) => (text === '' || isSeen(text) ? [] : [path]));

/** Where in a value the first U+FFFD stands, in the place of bytes that were no UTF-8; or null. */
export const lostCharacterIn = (value: unknown): string | null =>
  firstIn(value, (text) => text.includes('\ufffd'));
