import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openDataDirectory } from '#local/cloud/durable/data-directory.ts';

let directory: string;

const never = (error: Error): never => expect.fail(error.message);
const openHere = () => openDataDirectory(directory, never);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'data-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('given a data directory', () => {
  it('is made where there is none, and is free again once it is closed', async () => {
    const data = await openDataDirectory(join(directory, 'new', 'one'), never);
    await data.close();
    const again = await openDataDirectory(join(directory, 'new', 'one'), never);
    await again.close();
    const names = await readdir(join(directory, 'new', 'one'));
    expect(names.toSorted()).toEqual(['ledger', 'objects', 'tables']);
  });

  it('is refused to a second, who learns which process has it', async () => {
    const data = await openHere();
    await expect(openHere()).rejects.toThrow(
      `${directory} is in use by process ${process.pid}. End that one first, or choose another`,
    );
    await data.close();
  });

  it('is taken over from a process that was killed, also when its id was given anew', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (const holder of [
      { pid, startedAt: '1' },
      { pid: process.pid, startedAt: '1' },
    ]) {
      await writeFile(join(directory, 'lock'), JSON.stringify(holder));
      const data = await openHere();
      await data.close();
    }
  });

  it('is taken over when its lock was torn', async () => {
    await writeFile(join(directory, 'lock'), '{"pi');
    const data = await openHere();
    await data.close();
    expect(await readdir(directory)).not.toContain('lock');
  });

  it('is refused when it holds other things', async () => {
    await writeFile(join(directory, 'holiday.jpg'), '');
    await expect(openHere()).rejects.toThrow(/holds other things.*Choose a new or an empty/);
  });

  it('is refused when it cannot be made', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'below')]) {
      await expect(openDataDirectory(path, never)).rejects.toThrow(
        /cannot be used for data: E.*Choose a directory that you may write to/,
      );
    }
  });

  it('is refused when its tables are damaged, and stays free', async () => {
    await mkdir(join(directory, 'tables'));
    await writeFile(join(directory, 'ledger'), '');
    await writeFile(join(directory, 'tables', 'shared.db'), 'x'.repeat(5000));
    await expect(openHere()).rejects.toThrow(/shared\.db is damaged \(file is not a database\)/);
    await rm(join(directory, 'tables', 'shared.db'));
    const data = await openHere();
    await data.close();
  });

  it('is refused when it was written in another format', async () => {
    const data = await openHere();
    data.ledger.collection('about', z.number()).set('format', 99);
    await data.ledger.flushed();
    await data.close();
    await expect(openHere()).rejects.toThrow('was written in format 99');
  });
});
