import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { type Entry, entrySchema, Inbox } from './inbox.ts';
import type { CloudEvent } from './wire.ts';

/** Whatever was being written when the process was killed has no end of line, and never counted. */
const wholeLines = (path: string): string[] => {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
};

/**
 * The subscriber's memory: a file to which entries are only ever added. An entry counts once it is
 * on the disk, so that whatever was acknowledged is still there after a power cut.
 */
export class Journal {
  readonly inbox = new Inbox();
  readonly #file: number;

  /** Opens the file, which is made where there is none, and goes on from what stands in it. */
  constructor(path: string) {
    for (const line of wholeLines(path)) this.inbox.apply(entrySchema.parse(JSON.parse(line)));
    this.#file = openSync(path, 'a', 0o600);
  }

  /** Writes an entry down, and then says which events may be acted upon. */
  write(entry: Entry): CloudEvent[] {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    fsyncSync(this.#file);
    return this.inbox.apply(entry);
  }

  /** Writes an event down unless it is there already. */
  store(event: CloudEvent): CloudEvent[] {
    return this.inbox.has(event.id) ? [] : this.write({ kind: 'stored', event });
  }

  close(): void {
    closeSync(this.#file);
  }
}
