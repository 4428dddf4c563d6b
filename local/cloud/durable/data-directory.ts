import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { checkTables } from './check-tables.ts';
import { forgetfulLedger, type Ledger, openLedger } from './ledger.ts';
import { lockDirectory } from './lock-file.ts';
import { watchSpace } from './watch-space.ts';

/** Where a cloud keeps what must outlive it; `tables` and `objects` are folders, when there are. */
export type DataDirectory = {
  ledger: Ledger;
  tables: string | undefined;
  objects: string | undefined;
  close(): Promise<void>;
};

const LEDGER = 'ledger';
const LOCK = 'lock';
/** Raised when what is written changes so that an older local cloud would misread it. */
const FORMAT = 1;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

const makeDirectory = async (directory: string): Promise<void> => {
  try {
    await mkdir(directory, { recursive: true });
    const names = await readdir(directory);
    if (names.length === 0 || names.includes(LEDGER) || names.includes(LOCK)) return;
  } catch (error) {
    // Record: whoever started it reads which directory, and why.
    throw new Error(
      `${directory} cannot be used for data: ${reasonOf(error)}. Choose a directory that you may write to.`,
    );
  }
  throw new Error(
    `${directory} holds other things than a local cloud's data. Choose a new or an empty directory.`,
  );
};

const checkFormat = async (ledger: Ledger, directory: string): Promise<void> => {
  const about = ledger.collection('about', z.number());
  const format = about.get('format');
  if (format === undefined) about.set('format', FORMAT);
  else if (format !== FORMAT) {
    await ledger.close();
    throw new Error(
      `${directory} was written in format ${format}, and this local cloud writes ${FORMAT}. Begin anew in another directory.`,
    );
  }
};

const lockOrSay = async (directory: string): Promise<() => Promise<void>> => {
  try {
    return await lockDirectory(directory, join(directory, LOCK));
  } catch (error) {
    // Record: a lock that cannot be written says the same as a directory that cannot.
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Error(
      `${directory} cannot be used for data: ${error.message}. Choose a directory that you may write to.`,
    );
  }
};

const open = async (path: string, onFailure: (error: Error) => void): Promise<DataDirectory> => {
  const directory = resolve(path);
  await makeDirectory(directory);
  const unlock = await lockOrSay(directory);
  try {
    const [tables, objects] = [join(directory, 'tables'), join(directory, 'objects')];
    await mkdir(tables, { recursive: true });
    await mkdir(objects, { recursive: true });
    checkTables(tables);
    checkTables(objects);
    const stopWatching = await watchSpace({ directory, onFailure });
    const ledger = await openLedger(join(directory, LEDGER), onFailure);
    await checkFormat(ledger, directory);
    const close = async (): Promise<void> => {
      stopWatching();
      await ledger.close();
      await unlock();
    };
    return { ledger, tables, objects, close };
  } catch (error) {
    // Record: the caller hears of it, and the directory is free again.
    await unlock();
    throw error;
  }
};

/**
 * Opens a data directory, made when it is not there; without a path, one that keeps nothing. Throws
 * in plain words when it is in use, not writable, damaged, or no data directory.
 */
export const openDataDirectory = (
  path: string | undefined,
  onFailure: (error: Error) => void,
): Promise<DataDirectory> => {
  if (path !== undefined) return open(path, onFailure);
  const close = () => Promise.resolve();
  return Promise.resolve({
    ledger: forgetfulLedger(),
    tables: undefined,
    objects: undefined,
    close,
  });
};
