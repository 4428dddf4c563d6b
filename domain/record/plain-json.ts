import { canonical } from './canonical.ts';

/** How often each UTF-16 code unit occurs, as a text that two orders of the same units share. */
const unitsOf = (text: string): string => {
  const counts = new Map<number, number>();
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).join(' ');
};

/** The one name that programs take for something else than a name; only a key is followed so. */
const TRAP = '"__proto__":';

/**
 * The value of a line of JSON that can be read in one way alone; undefined for any other. A name
 * that stands twice, a number of more digits than a double holds or a spelled-out letter says one
 * thing to one reader and another, or nothing, to the next; what is hashed is only one of them. The
 * order of names is free: the line holds the letters of its canonical form, in any order.
 */
export const plainJson = (line: string): unknown => {
  try {
    if (line.includes(TRAP)) return undefined;
    const value: unknown = JSON.parse(line);
    const isAsWritten = JSON.stringify(value) === line && line.isWellFormed();
    return isAsWritten || unitsOf(canonical(value)) === unitsOf(line) ? value : undefined;
  } catch {
    // Record: what cannot be read is no line of an export, and the verifier names it.
    return undefined;
  }
};
