import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { forgetfulLedger, openLedger } from '#local/cloud/durable/ledger.ts';
import { openLedgerFile } from '#local/cloud/durable/ledger-file.ts';

let directory: string;
let path: string;

const never = (error: Error): never => expect.fail(error.message);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ledger-'));
  path = join(directory, 'ledger');
});
afterEach(() => rm(directory, { recursive: true }));

describe('given a ledger with a file', () => {
  it('has on disk what was set and dropped, once it says so', async () => {
    const ledger = await openLedger(path, never);
    const sizes = ledger.collection('sizes', z.number());
    sizes.set('a', 1);
    sizes.set('b', 2);
    sizes.set('a', 3);
    sizes.drop('b');
    await ledger.flushed();
    // Opened beside the first, as after a kill: nothing was closed.
    const second = await openLedger(path, never);
    expect(second.collection('sizes', z.number()).entries()).toEqual([['a', 3]]);
    await ledger.close();
    await second.close();
  });

  it('writes what many ask for at once in few writes', async () => {
    let syncs = 0;
    const openFile: typeof open = async (...args) => {
      const handle = await open(...args);
      const datasync = handle.datasync.bind(handle);
      handle.datasync = () => {
        syncs += 1;
        return datasync();
      };
      return handle;
    };
    const parts = { path, snapshot: () => [], onFailure: never, openFile };
    const { ledgerFile } = await openLedgerFile(parts);
    const asked = Array.from({ length: 200 }, (_, n) => {
      ledgerFile.append({ n });
      return ledgerFile.flushed();
    });
    await Promise.all(asked);
    expect(syncs).toBe(1);
    await ledgerFile.close();
  });

  it('is written anew when it has grown, with all that holds and no more', async () => {
    const ledger = await openLedger(path, never);
    const texts = ledger.collection('texts', z.string());
    const long = 'x'.repeat(100_000);
    for (let n = 0; n < 100; n += 1) {
      texts.set(`key ${n % 3}`, `${n} ${long}`);
      await ledger.flushed();
    }
    await ledger.close();
    expect((await stat(path)).size).toBeLessThan(6_000_000);
    const again = await openLedger(path, never);
    const kept = again.collection('texts', z.string()).entries();
    expect(kept.map(([key, text]) => [key, text.slice(0, 3)])).toEqual([
      ['key 0', '99 '],
      ['key 1', '97 '],
      ['key 2', '98 '],
    ]);
    await again.close();
  });

  it('goes on behind the last whole line when the end is torn', async () => {
    const ledger = await openLedger(path, never);
    ledger.collection('sizes', z.number()).set('a', 1);
    await ledger.flushed();
    await ledger.close();
    const torn = await open(path, 'a');
    await torn.appendFile('00000000 {"set":["sizes","b"');
    await torn.close();
    const again = await openLedger(path, never);
    again.collection('sizes', z.number()).set('c', 3);
    await again.flushed();
    await again.close();
    expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(2);
    const last = await openLedger(path, never);
    expect(last.collection('sizes', z.number()).entries()).toEqual([
      ['a', 1],
      ['c', 3],
    ]);
    await last.close();
  });

  it('acknowledges nothing once the disk is full, and says what to do', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
    });
    const openFile: typeof open = async (...args) => {
      const handle = await open(...args);
      handle.appendFile = () => Promise.reject(full);
      return handle;
    };
    const failures: string[] = [];
    const onFailure = (error: Error): void => void failures.push(error.message);
    const { ledgerFile } = await openLedgerFile({ path, snapshot: () => [], onFailure, openFile });
    ledgerFile.append({ n: 1 });
    await expect(ledgerFile.flushed()).rejects.toThrow('The disk is full: make room, then start');
    ledgerFile.append({ n: 2 });
    await expect(ledgerFile.flushed()).rejects.toThrow('The disk is full');
    expect(failures).toHaveLength(1);
    await ledgerFile.close();
  });

  it('refuses what is kept in another form than is asked for', async () => {
    const ledger = await openLedger(path, never);
    ledger.collection('sizes', z.string()).set('a', 'large');
    expect(() => ledger.collection('sizes', z.number()).get('a')).toThrow(/expected number/);
    await ledger.close();
  });
});

describe('given a ledger without a file', () => {
  it('remembers nothing, and is always done', async () => {
    const ledger = forgetfulLedger();
    const sizes = ledger.collection('sizes', z.number());
    sizes.set('a', 1);
    await ledger.flushed();
    expect([sizes.get('a'), sizes.has('a'), sizes.entries()]).toEqual([undefined, false, []]);
  });
});
