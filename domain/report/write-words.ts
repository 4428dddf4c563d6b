import { type Instant, toIso } from '../model/instant.ts';
import { formatLocalInFull } from '../time/local-time.ts';
import { printable } from './printable.ts';
import { partsOf, type Words } from './words.ts';

/** An instant in UTC to the second: `2026-10-25 00:30:00 UTC`. */
const writeUtc = (at: Instant): string => `${toIso(at).slice(0, 19).replace('T', ' ')} UTC`;

/**
 * By a zone's clock and in UTC: `Sun 25 Oct 2026 01:30:00 BST (2026-10-25 00:30:00 UTC)`.
 */
export const writeInstant = (at: Instant, timeZone: string): string =>
  timeZone === 'UTC' ? writeUtc(at) : `${formatLocalInFull(at, timeZone)} (${writeUtc(at)})`;

/** A text with its instants written out, as it may be printed. */
export const writeWords = (words: Words, timeZone: string): string =>
  partsOf(words)
    .map((part) => (typeof part === 'string' ? printable(part) : writeInstant(part.at, timeZone)))
    .join('');
