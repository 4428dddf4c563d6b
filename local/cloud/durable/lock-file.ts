import { readFileSync } from 'node:fs';
import { rename, rm, unlink, writeFile } from 'node:fs/promises';
import * as z from 'zod';

const holderSchema = z.object({ pid: z.number(), startedAt: z.string() });

/**
 * When a process started, in the kernel's ticks: an id that was given anew is another process.
 * Empty where there is no /proc; there the id alone must do.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    // Record: no such process, or no /proc.
    return '';
  }
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Record: a process of somebody else's cannot be signalled, and is alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const holderOf = (path: string) => {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Record: a lock that was just taken away, or was torn by a crash, is nobody's.
    return undefined;
  }
};

const isHeld = ({ pid, startedAt }: z.infer<typeof holderSchema>): boolean =>
  isAlive(pid) && startOf(pid) === startedAt;

/** Takes the lock, also from a process that no longer runs. Gives the process that holds it. */
const take = async (path: string): Promise<number | undefined> => {
  const own = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  try {
    await writeFile(path, own, { flag: 'wx' });
    return undefined;
  } catch (error) {
    // Record: only a lock that is there already has an answer here.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = holderOf(path);
  if (holder !== undefined && isHeld(holder)) return holder.pid;
  const stale = `${path}.${process.pid}`;
  // Record: of two that find it stale, one renames it, and the other begins again.
  await rename(path, stale).catch(() => undefined);
  await rm(stale, { force: true });
  return take(path);
};

/** Holds a directory for this process alone; the result lets it go. Throws when it is in use. */
export const lockDirectory = async (directory: string, path: string) => {
  const holder = await take(path);
  if (holder !== undefined) {
    throw new Error(
      `${directory} is in use by process ${holder}. End that one first, or choose another directory.`,
    );
  }
  // Record: a lock that is gone holds nobody up.
  return () => unlink(path).catch(() => undefined);
};
