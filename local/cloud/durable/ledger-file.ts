import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeLines, encodeLine } from './ledger-lines.ts';

/** An append-only file of records, written in groups: many appends share one write and one sync. */
export type LedgerFile = {
  append(record: unknown): void;
  /** Resolves when everything appended so far is on the disk. Rejects once a write has failed. */
  flushed(): Promise<void>;
  close(): Promise<void>;
};

export type LedgerFileParts = {
  path: string;
  /** What stands for everything appended so far, to write the file anew when it has grown. */
  snapshot: () => Iterable<unknown>;
  /** Called once, when a write fails; nothing more is written then. */
  onFailure: (error: Error) => void;
  /** Default: that of the file system. */
  openFile?: typeof open;
};

type Batch = { lines: string[]; done: PromiseWithResolvers<void> };

const newBatch = (): Batch => {
  const done = Promise.withResolvers<void>();
  // Record: a failure is told by `onFailure`, also when nobody waits for this batch.
  done.promise.catch(() => undefined);
  return { lines: [], done };
};

/** Below this size writing the file anew is not worth it. */
const SMALLEST_REWRITE_BYTES = 4 * 1024 * 1024;

const plain = (error: unknown, path: string): Error => {
  const reason = error instanceof Error ? error.message : String(error);
  const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  const todo = isFull ? 'The disk is full: make room' : 'Mend that';
  return new Error(
    `${path} cannot be written: ${reason}. ${todo}, then start again with the same directory; ` +
      'what was acknowledged is in it.',
  );
};

const syncDirectory = async (path: string): Promise<void> => {
  const directory = await open(dirname(path), 'r');
  await directory.sync();
  await directory.close();
};

/** Writes the file anew beside the old one, and then in its place. */
const rewrite = async ({ path, snapshot, openFile = open }: LedgerFileParts) => {
  const text = Array.from(snapshot(), encodeLine).join('');
  const handle = await openFile(`${path}.new`, 'w');
  await handle.writeFile(text);
  await handle.sync();
  await rename(`${path}.new`, path);
  await syncDirectory(path);
  return { handle, bytes: Buffer.byteLength(text) };
};

/** Reads all records. A torn end is cut off, or the next line would be glued to it. */
const readWhole = async (handle: FileHandle, path: string) => {
  try {
    const decoded = decodeLines(await handle.readFile(), path);
    await handle.truncate(decoded.goodBytes);
    return decoded;
  } catch (error) {
    // Record: the caller hears what is damaged.
    await handle.close();
    throw error;
  }
};

/** Opens the file, or makes it, and gives the records that are in it. */
export const openLedgerFile = async (parts: LedgerFileParts) => {
  const { path, openFile = open } = parts;
  let handle: FileHandle = await openFile(path, 'a+');
  const { records, goodBytes } = await readWhole(handle, path);
  await syncDirectory(path);
  let bytes = goodBytes;
  let rewriteAtBytes = Math.max(SMALLEST_REWRITE_BYTES, 2 * goodBytes);
  let collecting = newBatch();
  let inFlight: Batch | undefined;
  let writing: Promise<void> | undefined;
  let failure: Error | undefined;

  const rewriteWhenGrown = async (): Promise<void> => {
    if (bytes < rewriteAtBytes) return;
    const old = handle;
    const begun = collecting;
    // The snapshot holds what was collected up to now; only what comes later is appended to it.
    collecting = newBatch();
    inFlight = begun;
    ({ handle, bytes } = await rewrite(parts));
    begun.done.resolve();
    await old.close();
    rewriteAtBytes = Math.max(SMALLEST_REWRITE_BYTES, 2 * bytes);
  };

  const writeBatch = async ({ lines, done }: Batch): Promise<void> => {
    try {
      const text = lines.join('');
      await handle.appendFile(text);
      await handle.datasync();
      bytes += Buffer.byteLength(text);
      done.resolve();
      await rewriteWhenGrown();
    } catch (error) {
      // Record: whoever waits is refused, and the cloud ends; nothing unwritten is acknowledged.
      failure ??= plain(error, path);
      inFlight?.done.reject(failure);
      collecting.done.reject(failure);
      parts.onFailure(failure);
    }
  };

  const write = async (): Promise<void> => {
    // Whatever else is appended in this turn shares the write.
    await new Promise((resolve) => setImmediate(resolve));
    while (collecting.lines.length > 0 && failure === undefined) {
      inFlight = collecting;
      collecting = newBatch();
      await writeBatch(inFlight);
    }
    inFlight = undefined;
    writing = undefined;
  };

  const flushed = (): Promise<void> => {
    if (failure !== undefined) return Promise.reject(failure);
    if (collecting.lines.length > 0) return collecting.done.promise;
    return inFlight?.done.promise ?? Promise.resolve();
  };

  const ledgerFile: LedgerFile = {
    append: (record) => {
      if (failure !== undefined) return;
      collecting.lines.push(encodeLine(record));
      writing ??= write();
    },
    flushed,
    close: async () => {
      await writing;
      await handle.close();
    },
  };
  return { records, ledgerFile };
};
