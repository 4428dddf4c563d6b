import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HISTORY_GROUPS } from '#domain/exchange/record-transfer.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { wearerPk } from '#functions/adapters/dynamodb/keys.ts';
import type { Ask } from '#local/history/ask-api.ts';
import { exportRecord } from '#local/history/export-record.ts';
import { importRecord } from '#local/history/import-record.ts';
import {
  askOf,
  linesOf,
  livedWorld,
  orderedWorld,
  WHY,
  type World,
} from '#test/functions/api/history-world.ts';
import { WEARER as SOMEBODY } from '#test/support/supervisions.ts';
import { minute } from '#test/support/walks.ts';

const WEARER = 'w-1';
let root: string;
let old: World;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'homeward-history-'));
  old = await livedWorld();
  await exportOf(askOf(old), 'first');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const silent = { line: (): void => undefined };

const exportOf = async (ask: Ask, name: string): Promise<string> => {
  const directory = join(root, name);
  const asked = { ...WHY, wearerId: WEARER, directory, from: undefined, to: undefined };
  await exportRecord({ ask, ...silent }, asked);
  return directory;
};

const importInto = (world: World, directory: string, importId: string): Promise<void> =>
  importRecord(
    { ask: askOf(world), ...silent },
    { wearerId: WEARER, by: 'officer', directory, importId },
  );

/** Every file below a folder, by its path. */
const filesOf = async (directory: string): Promise<Record<string, string>> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((one) => join(one.parentPath, one.name));
  const texts = await Promise.all(files.sort().map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(
    texts.map((text, i) => [files[i]?.slice(directory.length + 1) ?? '', text]),
  );
};

const newAgency = async (): Promise<World> => {
  const world = await orderedWorld();
  world.clock.now = minute(700);
  return world;
};

const importsOf = async (world: World) =>
  (await world.ask('GET /v1/wearers/{wearerId}/imports', { path: { wearerId: WEARER } })).json
    .imports;

describe('given a history that goes from one agency to another', () => {
  it('is exported again from there as it was exported here, letter by letter', async () => {
    const first = join(root, 'first');
    const next = await newAgency();
    await importInto(next, first, 'vendor-a');
    const again = await filesOf(await exportOf(askOf(next), 'again'));
    const sent = await filesOf(join(first, 'own'));
    expect(Object.keys(sent).length).toBeGreaterThanOrEqual(HISTORY_GROUPS.length);
    for (const [file, text] of Object.entries(sent)) {
      expect(again[join('imports', 'vendor-a', file)]).toBe(text);
    }
  });

  it('is of one stretch in all its groups, also while time goes on', async () => {
    const ask: Ask = (asking) => {
      old.clock.now = secondsAfter(old.clock.now, 60);
      return askOf(old)(asking);
    };
    const files = Object.values(await filesOf(join(await exportOf(ask, 'slow'), 'own')));
    const ends = files.map((text) => /"to":"([^"]+)"/.exec(text)?.[1]);
    expect(files.length).toBeGreaterThanOrEqual(HISTORY_GROUPS.length);
    expect(new Set(ends).size).toBe(1);
  });

  it('goes on to a third with what the second had imported, as it came', async () => {
    const next = await newAgency();
    await importInto(next, join(root, 'first'), 'vendor-a');
    const third = await newAgency();
    await importInto(third, await exportOf(askOf(next), 'second'), 'vendor-b');
    const ids = (await importsOf(third)).map((one: { importId: string }) => one.importId);
    expect(ids).toEqual(['vendor-a', 'vendor-b']);
    const there = await filesOf(join(await exportOf(askOf(third), 'third'), 'imports', 'vendor-a'));
    expect(there).toEqual(await filesOf(join(root, 'first', 'own')));
  });

  it('says of each group whether it came whole', async () => {
    const next = await newAgency();
    await importInto(next, join(root, 'first'), 'vendor-a');
    const [{ groups }] = await importsOf(next);
    expect(groups).toHaveLength(HISTORY_GROUPS.length);
    expect(groups).toContainEqual(
      expect.objectContaining({
        ...{ group: 'locations', isWhole: true, missing: [], problems: [], subjectId: 'w-1' },
        ...{ source: { system: 'homeward', agency: 'demo' }, by: ['officer'] },
      }),
    );
  });

  it('changes nothing when it is sent again after it was cut off', async () => {
    const next = await newAgency();
    let left = 3;
    const ask = askOf(next);
    const cut: Ask = (asking) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('the line is dead')) : ask(asking);
    };
    const asked = {
      wearerId: WEARER,
      by: 'officer',
      directory: join(root, 'first'),
      importId: 'a',
    };
    await expect(importRecord({ ask: cut, ...silent }, asked)).rejects.toThrow('the line is dead');
    const told: string[] = [];
    await importRecord({ ask, line: (text) => told.push(text) }, asked);
    expect(told.join()).toMatch(/3 known before/);
    const [{ groups }] = await importsOf(next);
    expect(groups.every((one: { isWhole: boolean }) => one.isWhole)).toBe(true);
  });

  it('moves nobody to act: nothing but the record and the bucket is written', async () => {
    const next = await newAgency();
    const read = () =>
      [next.tables.monitoring, next.tables.state, next.tables.trail].map((table) =>
        next.itemsOf(table),
      );
    const before = JSON.stringify(read());
    next.relayed();
    await importInto(next, join(root, 'first'), 'vendor-a');
    expect(JSON.stringify(read())).toBe(before);
    expect([next.relayed(), next.streamed()]).toEqual([[], []]);
    const path = { wearerId: WEARER };
    const query = { from: '2026-06-01T12:00:00Z', to: '2026-06-02T03:00:00Z' };
    const trail = await next.ask('GET /v1/wearers/{wearerId}/trail', { path, query });
    expect(trail.json).toMatchObject({ events: [] });
    const own = { path, query: { group: 'violations', ...WHY } };
    const found = await next.ask('GET /v1/wearers/{wearerId}/record-transfer', own);
    expect(linesOf(found.body)).toEqual([]);
    const mine = wearerPk(SOMEBODY);
    const written = next.itemsOf(next.tables.record).filter(({ pk }) => pk?.S === mine);
    expect(new Set(written.map(({ type }) => type?.S))).toEqual(new Set(['document-put']));
  });
});

describe('given a folder that is not what was exported', () => {
  const changed = async (name: string, change: (directory: string) => Promise<unknown>) => {
    const directory = join(root, name);
    await cp(join(root, 'first'), directory, { recursive: true });
    await change(join(directory, 'own'));
    const sent: string[] = [];
    const ask: Ask = (asking) => {
      sent.push(asking.path);
      return Promise.reject(new Error('something was sent'));
    };
    const asked = { wearerId: WEARER, by: 'officer', directory, importId: 'a' };
    const failed = await importRecord({ ask, ...silent }, asked).catch(
      (error: Error) => error.message,
    );
    expect(sent).toEqual([]);
    return failed;
  };

  it('sends nothing where a line was changed', async () => {
    const failed = await changed('line', async (own) => {
      const file = join(own, 'violations', '00000001.ndjson');
      await writeFile(
        file,
        (await readFile(file, 'utf8')).replace('curfew-absence', 'curfew-presence'),
      );
    });
    expect(failed).toMatch(/violations\/00000001.ndjson: line 0: the lines are not those/);
  });

  it('sends nothing where a sheet is missing', async () => {
    const failed = await changed('sheet', async (own) => {
      const files = (await readdir(join(own, 'locations'))).sort();
      await rm(join(own, 'locations', files[1] ?? ''));
    });
    expect(failed).toMatch(/locations is not whole: sheet 2 is missing/);
  });

  it('sends nothing where a group is of somebody else', async () => {
    const failed = await changed('other', async (own) => {
      const file = join(own, 'violations', '00000001.ndjson');
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace('"subjectId":"w-1"', '"subjectId":"w-7"'));
    });
    expect(failed).toMatch(/has sheets of .*, w-1 and of .*, w-7: import each by itself/);
  });

  it('sends nothing where there is nothing', async () => {
    const failed = await changed('none', (own) => rm(own, { recursive: true }));
    expect(failed).toMatch(/has no sheet of any group/);
  });
});

describe('an API that answers otherwise', () => {
  it('ends an export, in the words of the API', async () => {
    const ask: Ask = async () => ({ status: 403, text: '{"detail":"not you"}', link: null });
    await expect(exportOf(ask, 'x')).rejects.toThrow(
      'GET /v1/wearers/w-1/record-transfer was answered with 403: {"detail":"not you"}',
    );
  });

  it('ends an export where a sheet is left out', async () => {
    const ask = askOf(old);
    const skipping: Ask = async (asking) => {
      const answer = await ask(asking);
      const isFirst = /group=locations/.test(asking.path) && !/after=/.test(asking.path);
      return isFirst && answer.link !== null
        ? ask({ ...asking, path: nextPath(answer.link) })
        : answer;
    };
    await expect(exportOf(skipping, 'y')).rejects.toThrow(
      /locations is not whole: sheet 1 is missing/,
    );
  });

  it('never leads the token elsewhere', async () => {
    const ask = askOf(old);
    const luring: Ask = async (asking) => ({
      ...(await ask(asking)),
      link: '<@elsewhere.example/v1/x>; rel="next"',
    });
    await expect(exportOf(luring, 'z')).rejects.toThrow(/is not whole: the last is missing/);
  });
});

const nextPath = (link: string): string => /^<([^>]+)>/.exec(link)?.[1] ?? '';
