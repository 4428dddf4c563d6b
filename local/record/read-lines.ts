import { createReadStream } from 'node:fs';

/** A line that is longer than any that we write: the file is something else. */
const MOST_LETTERS = 4_000_000;

/**
 * The lines of a file, one by one, each without its line feed; what follows the last line feed is
 * one too, where there is anything. Throws on what is no UTF-8, and on a line without an end.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const bytes of createReadStream(path)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MOST_LETTERS) throw new Error('this is no export: it has no lines');
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
