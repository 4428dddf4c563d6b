import { inflateSync } from 'node:zlib';

const [HEADER, ENTRY] = [44, 20];
const [SFNT_HEADER, SFNT_RECORD] = [12, 16];
const SIGNATURE = 'wOFF';

type Table = Readonly<{ tag: Buffer; checksum: number; bytes: Buffer }>;

const padded = (length: number): number => Math.ceil(length / 4) * 4;

const tablesOf = (woff: Buffer): Table[] => {
  const count = woff.readUInt16BE(12);
  return Array.from({ length: count }, (_, i) => {
    const at = HEADER + i * ENTRY;
    const [offset, packed, length] = [4, 8, 12].map((more) => woff.readUInt32BE(at + more));
    const start = offset ?? 0;
    const stored = woff.subarray(start, start + (packed ?? 0));
    const bytes = packed === length ? stored : inflateSync(stored);
    return { tag: woff.subarray(at, at + 4), checksum: woff.readUInt32BE(at + 16), bytes };
  });
};

const headerOf = (flavour: number, count: number): Buffer => {
  const header = Buffer.alloc(SFNT_HEADER);
  const selector = Math.floor(Math.log2(count));
  const range = 16 * 2 ** selector;
  header.writeUInt32BE(flavour, 0);
  for (const [i, value] of [count, range, selector, count * 16 - range].entries()) {
    header.writeUInt16BE(value, 4 + 2 * i);
  }
  return header;
};

/**
 * The font of a WOFF file, as it was before it was packed: fontkit unpacks a table again each time
 * that it reads a letter. https://www.w3.org/TR/WOFF/
 */
export const unpackWoff = (packed: Uint8Array): Buffer => {
  const woff = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  if (woff.toString('latin1', 0, 4) !== SIGNATURE) throw new TypeError('this is no WOFF file');
  const tables = tablesOf(woff);
  let offset = SFNT_HEADER + SFNT_RECORD * tables.length;
  const records: Buffer[] = [];
  const contents: Buffer[] = [];
  for (const { tag, checksum, bytes } of tables) {
    const record = Buffer.alloc(SFNT_RECORD);
    tag.copy(record);
    for (const [i, value] of [checksum, offset, bytes.length].entries()) {
      record.writeUInt32BE(value, 4 + 4 * i);
    }
    records.push(record);
    contents.push(bytes, Buffer.alloc(padded(bytes.length) - bytes.length));
    offset += padded(bytes.length);
  }
  return Buffer.concat([headerOf(woff.readUInt32BE(4), tables.length), ...records, ...contents]);
};
