import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Entry, entrySchema, Inbox } from './inbox.ts';
import { type CloudEvent, idIn, readEvent, type Traffic } from './wire.ts';

/** Whatever was being written when the process was killed has no end of line, and never counted. */
const wholeLines = (path: string): Buffer => {
  if (!existsSync(path)) return Buffer.of();
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes.subarray(0, end);
};

/** A file that was made is there after a power cut only once its folder is on the disk as well. */
const syncFolderOf = (path: string): void => {
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
};

/** Writes bytes to a file from an offset on, as many as it can, and says how many. */
type Write = (file: number, bytes: Buffer, from: number) => number;

/**
 * The subscriber's memory: a file to which entries are only ever added. An entry counts once it is
 * on the disk, so that whatever was acknowledged is still there after a power cut.
 */
export class Journal {
  readonly inbox = new Inbox();
  readonly #file: number;
  readonly #write: Write;
  /** How much of the file counts. */
  #length: number;

  /** Opens the file, which is made where there is none, and goes on from what stands in it. */
  constructor(path: string, write: Write = writeSync) {
    this.#write = write;
    const bytes = wholeLines(path);
    for (const line of bytes.toString('utf8').split('\n').slice(0, -1)) {
      this.inbox.apply(entrySchema.parse(JSON.parse(line)));
    }
    this.#length = bytes.length;
    this.#file = openSync(path, 'a', 0o600);
    syncFolderOf(path);
  }

  /** Writes an entry down, and then says which events may be acted upon. */
  write(entry: Entry): CloudEvent[] {
    this.#append(Buffer.from(`${JSON.stringify(entry)}\n`, 'utf8'));
    return this.inbox.apply(entry);
  }

  /** Writes an event down unless it is there already. */
  store(event: CloudEvent): CloudEvent[] {
    return this.inbox.has(event.id) ? [] : this.write({ kind: 'stored', event });
  }

  /** Writes down what stands at a position of the feed, known to this program or not. */
  take(position: number, value: unknown): CloudEvent[] {
    const read = readEvent(value);
    if (read.event !== null) return this.store(read.event);
    if (this.inbox.hasSetAside(position)) return [];
    const { why } = read;
    return this.write({ kind: 'set-aside', position, id: idIn(value), why, event: value });
  }

  /** Throws where it is of the other feed: what is real and what is not never stand together. */
  begin(traffic: Traffic): void {
    const { traffic: known } = this.inbox;
    if (known === traffic) return;
    if (known !== null) throw new Error(`the journal is of the ${known} feed: give another`);
    this.write({ kind: 'begun', traffic });
  }

  close(): void {
    closeSync(this.#file);
  }

  /** All of it, or none: half a line would be read as one with the next. */
  #append(line: Buffer): void {
    try {
      for (let done = 0; done < line.length; ) done += this.#write(this.#file, line, done);
      fsyncSync(this.#file);
    } catch (error) {
      // Retry: what was written of it is cut off, and whoever wanted it written hears of it.
      ftruncateSync(this.#file, this.#length);
      throw error;
    }
    this.#length += line.length;
  }
}
