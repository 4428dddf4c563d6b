import { digest } from '../model/digest.ts';
import type { PageId } from '../model/ids.ts';

/** Neither 0 and 1 nor I, L and O: nobody has to guess which of two is meant. */
const DIGITS = '23456789';
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ';
const PAIRS = DIGITS.length * LETTERS.length;
/** Odd, and no multiple of 23: every step leads on to another code until all have been tried. */
const STRIDE = 57;

/**
 * Every code that there is, in the order in which a page tries them: the first that its phone has
 * free. The same page begins with the same one.
 */
export const codesFor = (pageId: PageId): readonly string[] => {
  const first = Number.parseInt(digest(pageId).slice(0, 7), 36) % PAIRS;
  return Array.from({ length: PAIRS }, (_, nth) => {
    const pair = (first + nth * STRIDE) % PAIRS;
    const digit = DIGITS.charAt(Math.floor(pair / LETTERS.length));
    return `${digit}${LETTERS.charAt(pair % LETTERS.length)}`;
  });
};

const CODE = /^[2-9][A-HJKMNP-Z]$/;

/** Whether a word could be a code. */
export const isCode = (word: string): boolean => CODE.test(word);
