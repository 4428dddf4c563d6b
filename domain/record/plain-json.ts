import { canonical } from './canonical.ts';

/** A text with its quotes, a number, true, false or null; else a single letter. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[-+.\w]+|[\s\S]/g;

/** The tokens of a line of JSON in an order of their own, which two orders of its names share. */
const tokensOf = (text: string): string => (text.match(TOKEN) ?? []).sort().join('\n');

/** The one name that programs take for something else than a name; only a key is followed so. */
const TRAP = '"__proto__":';

/**
 * The value of a line of JSON that can be read in one way alone; undefined for any other. A name
 * that stands twice, a number of more digits than a double holds or a spelled-out letter says one
 * thing to one reader and another, or nothing, to the next; what is hashed is only one of them. The
 * order of names is free: the line holds the tokens of its canonical form, in any order.
 */
export const plainJson = (line: string): unknown => {
  try {
    if (line.includes(TRAP)) return undefined;
    const value: unknown = JSON.parse(line);
    const isAsWritten = JSON.stringify(value) === line && line.isWellFormed();
    return isAsWritten || tokensOf(canonical(value)) === tokensOf(line) ? value : undefined;
  } catch {
    // Record: what cannot be read is no line of an export, and the verifier names it.
    return undefined;
  }
};
