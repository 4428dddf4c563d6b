import { readdir, readFile } from 'node:fs/promises';

/** Ids of all processes below this one, as Linux shows them. */
export const descendantsOf = async (parent: number): Promise<number[]> => {
  const tasks = await readdir(`/proc/${parent}/task`).catch(() => []);
  const lists = tasks.map((task) =>
    readFile(`/proc/${parent}/task/${task}/children`, 'utf8').catch(() => ''),
  );
  const ids = (await Promise.all(lists)).join(' ').split(' ').filter(Boolean).map(Number);
  return [...ids, ...(await Promise.all(ids.map(descendantsOf))).flat()];
};

export const isAlive = (id: number): boolean => {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
};
