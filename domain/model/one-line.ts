import * as z from 'zod';

const BREAKS = /\s*[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+\s*/gu;

/**
 * A name as it can be said in one line: whatever ends a line, is a control character or turns the
 * order of letters becomes a space. Else a name could write lines of its own into a page, or hold
 * what no channel takes; half a character becomes U+FFFD.
 */
export const oneLineSchema = z
  .string()
  .transform((text) => text.toWellFormed().replace(BREAKS, ' ').trim());
