/** What JSON has no words for; whoever wants it in a canonical form made it wrongly. */
class NotJson extends RangeError {
  constructor(what: string) {
    super(`RFC 8785 has no form for ${what}`);
    this.name = 'NotJson';
  }
}

/** Property names in the order of their UTF-16 code units, which is how JavaScript compares. */
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

const textOf = (text: string): string => {
  if (!text.isWellFormed()) throw new NotJson('half a character');
  return JSON.stringify(text);
};

const scalarOf = (value: unknown): string => {
  if (typeof value === 'string') return textOf(value);
  if (value === null || typeof value === 'boolean') return String(value);
  // ECMAScript's shortest form of a double is the form that the RFC asks for.
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  throw new NotJson(typeof value === 'number' ? String(value) : typeof value);
};

/**
 * JSON in its one canonical form, by RFC 8785 (JCS): no space, names in order, numbers and texts as
 * ECMAScript writes them. Two values that say the same come to the same text, in any language.
 * https://www.rfc-editor.org/rfc/rfc8785
 *
 * A property that is undefined is left out, as JSON leaves it out. Throws `NotJson` on what JSON
 * cannot say: NaN, infinities, half a character, functions.
 */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return scalarOf(value);
  const said = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${said
    .sort(byName)
    .map(([name, inner]) => `${textOf(name)}:${canonical(inner)}`)
    .join(',')}}`;
};
