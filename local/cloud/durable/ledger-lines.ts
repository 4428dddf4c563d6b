import { crc32 } from 'node:zlib';

/** One line of the ledger: the checksum of the JSON text that follows it. */
export const encodeLine = (record: unknown): string => {
  const text = JSON.stringify(record);
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
};

const CHECKSUM_CHARACTERS = 8;

const decodeLine = (line: string): { record: unknown } | undefined => {
  const text = line.slice(CHECKSUM_CHARACTERS + 1);
  const checksum = Number.parseInt(line.slice(0, CHECKSUM_CHARACTERS), 16);
  return crc32(text) === checksum ? { record: JSON.parse(text) } : undefined;
};

export type DecodedLines = {
  records: unknown[];
  /** Where the next line goes: behind the last whole one. */
  goodBytes: number;
};

const damaged = (path: string, lineNumber: number): Error =>
  new Error(
    `${path} is damaged at line ${lineNumber}: its checksum is wrong, and more lines follow. ` +
      'Put a copy of the data directory in its place, or begin anew in another one.',
  );

/**
 * Reads all lines. A last line that is torn was never acknowledged, and is left out. Throws when a
 * line before the last does not have its checksum.
 */
export const decodeLines = (content: Buffer, path: string): DecodedLines => {
  const records: unknown[] = [];
  let goodBytes = 0;
  for (let start = 0, end = 0; start < content.length; start = end + 1) {
    end = content.indexOf('\n', start);
    if (end < 0) break;
    const decoded = decodeLine(content.toString('utf8', start, end));
    if (decoded === undefined) {
      if (content.indexOf('\n', end + 1) >= 0) throw damaged(path, records.length + 1);
      break;
    }
    records.push(decoded.record);
    goodBytes = end + 1;
  }
  return { records, goodBytes };
};
