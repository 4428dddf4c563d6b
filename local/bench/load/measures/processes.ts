import { readdirSync, readFileSync } from 'node:fs';

/** What a part of a run has used: CPU since its start, and memory at this moment. */
export type Use = Readonly<{ cpuSeconds: number; memoryBytes: number }>;

/** By component. Memory of the functions is within that of the process they run in. */
export type Uses = Readonly<Record<string, Use>>;

/** USER_HZ of Linux, which /proc counts in: proc_pid_stat(5). */
const TICKS_A_SECOND = 100;

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Record: the process or thread has ended meanwhile, or this is not Linux.
    return null;
  }
};

const list = (path: string): string[] => {
  try {
    return readdirSync(path);
  } catch {
    // Record: as above.
    return [];
  }
};

/** The fields of a stat file behind the name, which may hold blanks itself. */
const statOf = (directory: string): { name: string; fields: string[] } | null => {
  const text = read(`${directory}/stat`);
  const end = text?.lastIndexOf(')') ?? -1;
  if (text === null || end < 0) return null;
  const name = text.slice(text.indexOf('(') + 1, end);
  return { name, fields: text.slice(end + 2).split(' ') };
};

const PARENT_FIELD = 1;
const USER_FIELD = 11;
const SYSTEM_FIELD = 12;

const cpuSecondsOf = (fields: readonly string[]): number =>
  (Number(fields[USER_FIELD] ?? 0) + Number(fields[SYSTEM_FIELD] ?? 0)) / TICKS_A_SECOND;

const residentBytes = (processId: number): number => {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${processId}/status`) ?? '');
  return Number(found?.[1] ?? 0) * 1_024;
};

export const useOf = (processId: number): Use => {
  const stat = statOf(`/proc/${processId}`);
  return {
    cpuSeconds: stat === null ? 0 : cpuSecondsOf(stat.fields),
    memoryBytes: residentBytes(processId),
  };
};

/** CPU of each of a process's threads, together by name. */
export const threadSeconds = (processId: number): Map<string, number> => {
  const seconds = new Map<string, number>();
  for (const thread of list(`/proc/${processId}/task`)) {
    const stat = statOf(`/proc/${processId}/task/${thread}`);
    if (stat === null) continue;
    const name = Number(thread) === processId ? 'main' : stat.name;
    seconds.set(name, (seconds.get(name) ?? 0) + cpuSecondsOf(stat.fields));
  }
  return seconds;
};

/** The processes of a name that descend from one. */
export const descendantsNamed = (ancestorId: number, name: string): number[] => {
  const parents = new Map<number, number>();
  const named: number[] = [];
  for (const entry of list('/proc').filter((one) => /^\d+$/.test(one))) {
    const stat = statOf(`/proc/${entry}`);
    if (stat === null) continue;
    parents.set(Number(entry), Number(stat.fields[PARENT_FIELD]));
    if (stat.name === name) named.push(Number(entry));
  }
  const descends = (processId: number): boolean => {
    for (let id = parents.get(processId); id !== undefined && id > 1; id = parents.get(id)) {
      if (id === ancestorId) return true;
    }
    return false;
  };
  return named.filter(descends);
};
