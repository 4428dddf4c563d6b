import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './durable/lock-file.ts';

/** Where one run puts its cloud assembly and logs. */
export type Workspace = {
  directory: string;
  keepsLogs: boolean;
  /** Notes the process of Java, to be ended by the next start if this one is killed. */
  noteJava(pid: number): Promise<void>;
  remove(): Promise<void>;
};

const OWNED = /^local-cloud-(\d+)-/;
const JAVA_FILE = 'java.pid';

const commandOf = (pid: number): string =>
  spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';

/** Ends the Java of a run that was killed together with its keeper. */
const endJavaOf = (directory: string): void => {
  try {
    const pid = Number(readFileSync(join(directory, JAVA_FILE), 'utf8'));
    if (isAlive(pid) && commandOf(pid).includes('DynamoDBLocal.jar')) process.kill(pid, 'SIGKILL');
  } catch {
    // Record: no Java was noted, or it has just ended.
  }
};

/** Removes what runs left that were killed: their folders, and Java if it still goes on. */
const removeLeftOvers = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = OWNED.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const directory = join(tmpdir(), name);
    endJavaOf(directory);
    // Record: what belongs to somebody else stays.
    await rm(directory, { recursive: true, force: true }).catch(() => undefined);
  }
};

const noting = (directory: string) => (pid: number) =>
  writeFile(join(directory, JAVA_FILE), String(pid));

/** Uses `outDirectory`, which is kept, or makes a temporary folder. */
export const openWorkspace = async (outDirectory: string | undefined): Promise<Workspace> => {
  await removeLeftOvers();
  if (outDirectory !== undefined) {
    await mkdir(outDirectory, { recursive: true });
    const remove = () => Promise.resolve();
    return {
      ...{ directory: outDirectory, keepsLogs: true },
      noteJava: noting(outDirectory),
      remove,
    };
  }
  const directory = await mkdtemp(join(tmpdir(), `local-cloud-${process.pid}-`));
  const remove = () => rm(directory, { recursive: true, force: true });
  return { directory, keepsLogs: false, noteJava: noting(directory), remove };
};
