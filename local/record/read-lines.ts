import { createReadStream } from 'node:fs';

/** A line that is longer than any that we write: the file is something else. */
const MOST_LETTERS = 4_000_000;

/** The first two bytes of whatever gzip wrote. */
const GZIP = Buffer.from([0x1f, 0x8b]);

/** The bytes are no lines of text; which line was the first that is none. */
const notText = (line: number, why: string, cause?: unknown): Error =>
  new Error(`line ${line} of the file is no line of an export: ${why}`, { cause });

const newText = () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return (bytes: Buffer | null, line: number): string => {
    try {
      return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      // Record: whoever ran it reads where; bytes that are no text are no export.
      throw notText(line, 'from there on, or soon after, it is no UTF-8', error);
    }
  };
};

/**
 * The lines of a file, one by one, each without its line feed; what follows the last line feed is
 * one too, where there is anything. Throws on what is compressed or no UTF-8, and on a line without
 * an end.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const textOf = newText();
  let rest = '';
  let line = 1;
  for await (const bytes of createReadStream(path)) {
    if (line === 1 && rest === '' && GZIP.equals(bytes.subarray(0, 2))) {
      throw notText(line, 'it is compressed; unpack it first (gunzip)');
    }
    const lines = (rest + textOf(bytes, line)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MOST_LETTERS) throw notText(line + lines.length, 'it does not end');
    yield* lines;
    line += lines.length;
  }
  rest += textOf(null, line);
  if (rest !== '') yield rest;
}
