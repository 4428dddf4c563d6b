import { canonical } from './canonical.ts';

/** So many objects and lists may stand within each other in a line; no reader's stack is so low. */
const MOST_IN_LINE = 100;
/** In the body of an entry, which stands within two of its line. */
const MOST_IN_BODY = MOST_IN_LINE - 2;

/** Where texts begin and end, and what stands between them opens and closes. */
const TEXT_OR_BRACKET = /"(?:[^"\\]|\\.)*"|[[{\]}]/gs;

const depthOf = (json: string): number => {
  let [depth, deepest] = [0, 0];
  for (const [token] of json.matchAll(TEXT_OR_BRACKET)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
};

/** How many letters of a text open an object or a list, were they no part of a text. */
const openingIn = (json: string): number => {
  let found = 0;
  for (const bracket of '[{') {
    for (let at = json.indexOf(bracket); at !== -1; at = json.indexOf(bracket, at + 1)) found += 1;
  }
  return found;
};

/** Few texts have so many brackets; the others need no closer look. */
const isDeeperThan = (most: number, json: string): boolean =>
  openingIn(json) > most && depthOf(json) > most;

/** Whether the JSON of a body nests deeper than a line of an export could hold. */
export const isTooDeep = (body: string): boolean => isDeeperThan(MOST_IN_BODY, body);

/** A text with its quotes, a number, true, false or null; else a single letter. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[-+.\w]+|[\s\S]/g;

/** The tokens of a line of JSON in an order of their own, which two orders of its names share. */
const tokensOf = (text: string): string => (text.match(TOKEN) ?? []).sort().join('\n');

/** The one name that programs take for something else than a name; only a key is followed so. */
const TRAP = '"__proto__":';
/** `JSON.stringify` spells half a character out like this, and nothing else. */
const HALF = /\\ud[89a-f]/i;

/**
 * The value of a line of JSON that can be read in one way alone; undefined for any other. A name
 * that stands twice, a number of more digits than a double holds or a spelled-out letter says one
 * thing to one reader and another, or nothing, to the next; what is hashed is only one of them. The
 * order of names is free: the line holds the tokens of its canonical form, in any order.
 */
export const plainJson = (line: string): unknown => {
  try {
    if (line.includes(TRAP) || isDeeperThan(MOST_IN_LINE, line)) return undefined;
    const value: unknown = JSON.parse(line);
    const isAsWritten = JSON.stringify(value) === line && line.isWellFormed() && !HALF.test(line);
    return isAsWritten || tokensOf(canonical(value)) === tokensOf(line) ? value : undefined;
  } catch {
    // Record: what cannot be read is no line of an export, and the verifier names it.
    return undefined;
  }
};
