import { digest } from '../model/digest.ts';
import type { PageId } from '../model/ids.ts';

/**
 * Neither 0 and 1 nor I, L and O: nobody has to guess which of two is meant. A digit, a letter and
 * a digit: short to type, no word, and of 1,472 too many to be tried out.
 */
const DIGITS = '23456789';
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ';
const CODES = DIGITS.length * LETTERS.length * DIGITS.length;
/** Odd, and no multiple of 23: every step leads on to another code until all have been tried. */
const STRIDE = 57;

/**
 * Every code that there is, in the order in which a page tries them: the first that its phone has
 * free. The same page begins with the same one.
 */
export const codesFor = (pageId: PageId): readonly string[] => {
  const first = Number.parseInt(digest(pageId).slice(0, 7), 36) % CODES;
  return Array.from({ length: CODES }, (_, nth) => {
    const code = (first + nth * STRIDE) % CODES;
    const pair = Math.floor(code / DIGITS.length);
    const begin = DIGITS.charAt(Math.floor(pair / LETTERS.length));
    return `${begin}${LETTERS.charAt(pair % LETTERS.length)}${DIGITS.charAt(code % DIGITS.length)}`;
  });
};

const CODE = /^[2-9][A-HJKMNP-Z][2-9]$/;

/** Whether a word could be a code. */
export const isCode = (word: string): boolean => CODE.test(word);
