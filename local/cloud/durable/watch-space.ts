import { statfs } from 'node:fs/promises';

/**
 * DynamoDB Local acknowledges writes for which the disk has no room, and loses them: so the cloud
 * ends while there is some left.
 */
const LEAST_FREE_BYTES = 32 * 1024 * 1024;
const BETWEEN_LOOKS_MILLISECONDS = 250;

const freeBytesOf = async (directory: string): Promise<number> => {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
};

export type SpaceParts = {
  directory: string;
  onFailure: (error: Error) => void;
  /** Default: what the file system says. */
  freeBytes?: (directory: string) => Promise<number>;
};

const problemOf = async (parts: SpaceParts): Promise<Error | undefined> => {
  const { directory, freeBytes = freeBytesOf } = parts;
  const free = await freeBytes(directory);
  if (free >= LEAST_FREE_BYTES) return undefined;
  return new Error(
    `The disk is full: ${directory} has ${Math.floor(free / 1024)} KiB left, and 32 MiB are needed. ` +
      'Make room, then start again with the same directory; what was acknowledged is in it.',
  );
};

/** Looks after the room on the disk until the result is called. Throws when there is none now. */
export const watchSpace = async (parts: SpaceParts): Promise<() => void> => {
  const problem = await problemOf(parts);
  if (problem !== undefined) throw problem;
  const look = async (): Promise<void> => {
    const found = await problemOf(parts);
    if (found === undefined) return;
    clearInterval(timer);
    parts.onFailure(found);
  };
  const timer = setInterval(() => {
    // Record: a disk that cannot be asked is not known to be full.
    look().catch(() => undefined);
  }, BETWEEN_LOOKS_MILLISECONDS);
  timer.unref();
  return () => clearInterval(timer);
};
