import type { Words } from '#domain/report/words.ts';
import { writeWords } from '#domain/report/write-words.ts';

const UTC = /\((\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) UTC\)/g;
const LOCAL = /(\d{2}:\d{2}:\d{2}) (\S+ \()/g;

/** A text as it is set: an instant in UTC stays on one line, and a time with its zone. */
export const written = (words: Words, timeZone: string): string =>
  writeWords(words, timeZone).replace(LOCAL, '$1\u00a0$2').replace(UTC, '($1\u00a0$2\u00a0UTC)');
