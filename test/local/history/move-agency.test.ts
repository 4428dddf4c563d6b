import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#lib/routes.ts';
import { readAgencyFile } from '#local/history/agency-file.ts';
import type { Ask } from '#local/history/ask-api.ts';
import { exportAgency } from '#local/history/export-agency.ts';
import { importAgency } from '#local/history/import-agency.ts';
import { verifyFile } from '#local/record/verify-file.ts';
import { livedWorld, WHY, type World } from '#test/functions/api/history-world.ts';
import { seal } from '#test/functions/erase/erase-world.ts';
import { keptWorld } from '#test/support/kept-world.ts';
import { minute } from '#test/support/walks.ts';

let root: string;
let old: World;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'homeward-agency-'));
  old = await livedWorld();
  await seal(old);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** An API Gateway of sorts, for every route that there is. */
const askOf =
  (world: World): Ask =>
  async ({ method, path, body }) => {
    const [pathname = '', search = ''] = path.split('?');
    const parts = pathname.split('/');
    const isParameter = (part: string): boolean => part.startsWith('{');
    const route = routes.find((one) => {
      const own = one.path.split('/');
      const fits = own.every((part, i) => isParameter(part) || part === parts[i]);
      return one.method === method && own.length === parts.length && fits;
    });
    if (route === undefined) throw new Error(`no route for ${method} ${pathname}`);
    const named = route.path
      .split('/')
      .flatMap((part, i) => (isParameter(part) ? [[part.slice(1, -1), parts[i] ?? '']] : []));
    const answer = await world.ask(`${method} ${route.path}`, {
      path: Object.fromEntries(named),
      query: Object.fromEntries(new URLSearchParams(search)),
      ...(body === undefined
        ? {}
        : { body: route.path.includes('imports') ? body : JSON.parse(body) }),
    });
    return { status: answer.statusCode, text: answer.body, link: answer.headers.link ?? null };
  };

const exportOf = async (ask: Ask, name: string, told: string[] = []): Promise<string> => {
  const directory = join(root, name);
  await exportAgency({ ask, line: (text) => told.push(text) }, { ...WHY, directory });
  return directory;
};

const newAgency = (): World => {
  const world = keptWorld(minute(700));
  return world;
};

const firstPerson = async (world: World): Promise<void> => {
  const body = { name: 'Sam', role: 'officer', mobile: '+447700900001' };
  await world.ask('PUT /v1/people/{personId}', { path: { personId: 'officer' }, body });
};

const importInto = async (world: World, directory: string): Promise<string[]> => {
  const told: string[] = [];
  await importAgency(
    { ask: askOf(world), line: (text) => told.push(text) },
    { by: 'officer', importId: 'vendor-a', directory },
  ).catch((error: Error) => told.push(error.message));
  return told;
};

const documentsIn = async (directory: string) =>
  readAgencyFile(await readFile(join(directory, 'agency.ndjson'), 'utf8')).map((line) =>
    line.kind === 'wearer'
      ? [line.kind, line.wearerId, line.document]
      : [line.of, line.id, line.document],
  );

const filesOf = async (directory: string): Promise<Record<string, string>> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((one) => join(one.parentPath, one.name));
  const texts = await Promise.all(files.sort().map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(
    texts.map((text, i) => [files[i]?.slice(directory.length) ?? '', text]),
  );
};

describe('given everything of an agency that goes to an empty one', () => {
  it('is there again: its documents, its wearers, and each history as it came', async () => {
    const first = await exportOf(askOf(old), 'first');
    const next = newAgency();
    await firstPerson(next);
    const told = await importInto(next, first);
    expect(told.filter((text) => /left for a person/.test(text))).toEqual([
      expect.stringMatching(/zone-lists\/schools/),
      expect.stringMatching(/^1 are left/),
    ]);
    const again = await exportOf(askOf(next), 'again');
    const sent = await documentsIn(first);
    expect(sent.length).toBeGreaterThan(7);
    expect(await documentsIn(again)).toEqual(sent.filter(([of]) => of !== 'ZONE-LIST'));
    const own = await filesOf(join(first, 'wearers', 'w-1', 'own'));
    expect(Object.keys(own).length).toBeGreaterThan(3);
    expect(await filesOf(join(again, 'wearers', 'w-1', 'imports', 'vendor-a'))).toEqual(own);
  });

  it('takes along the record as a chain that verifies by itself', async () => {
    const directory = await exportOf(askOf(old), 'chained');
    const file = join(directory, 'wearers', 'w-1', 'record.ndjson');
    const known = { chain: 'demo#WEARER#w-1', keyId: null };
    const [verdict] = await verifyFile(file, known, () => undefined);
    expect(verdict).toMatchObject({ problems: 0, erased: 0 });
    expect(verdict.entries).toBeGreaterThan(5);
  });

  it('changes nothing when it is sent again', async () => {
    const first = await exportOf(askOf(old), 'twice');
    const next = newAgency();
    await firstPerson(next);
    await importInto(next, first);
    // Somebody answers anew for contacts each time that a person is put: that is no part of it.
    const keys = () =>
      next
        .itemsOf('monitoring')
        .map(({ pk, sk }) => `${pk?.S} ${sk?.S}`)
        .filter((name) => !name.includes('CONTACTS'));
    const documents = keys();
    const told = await importInto(next, first);
    expect(keys()).toEqual(documents);
    expect(told.join()).toMatch(/known before/);
  });
});

describe('given a folder of an agency that is not what was exported', () => {
  const changed = async (name: string, change: (directory: string) => Promise<unknown>) => {
    const directory = await exportOf(askOf(old), name);
    await change(directory);
    const next = newAgency();
    await firstPerson(next);
    const before = next.itemsOf('monitoring').length;
    const told = await importInto(next, directory);
    return { told, put: next.itemsOf('monitoring').length - before };
  };
  const rewritten = (change: (text: string) => string) => async (directory: string) => {
    const file = join(directory, 'agency.ndjson');
    await writeFile(file, change(await readFile(file, 'utf8')));
  };

  it.each([
    ['in a line', (text: string) => text.slice(0, -120), /was cut off/],
    ['at a line', (text: string) => `${text.split('\n').slice(0, 3).join('\n')}\n`, /was cut off/],
    ['and is empty', () => '', /was cut off/],
  ])('puts nothing where it was cut off %s', async (where, change, says) => {
    const { told, put } = await changed(`cut ${where}`, rewritten(change));
    expect([told, put]).toEqual([[expect.stringMatching(says)], 0]);
  });

  it('puts nothing where a letter of it was changed', async () => {
    const change = (text: string) => text.replace('"role":"officer"', '"role":"manager"');
    const { told, put } = await changed('letter', rewritten(change));
    expect([told, put]).toEqual([[expect.stringMatching(/was changed/)], 0]);
  });

  it('says whose history is not there, and ends with an error', async () => {
    const { told } = await changed('no history', (directory) =>
      rm(join(directory, 'wearers', 'w-1', 'done')),
    );
    expect(told).toContainEqual(expect.stringMatching(/left for a person: wearers\/w-1 .*whole/));
    expect(told.at(-1)).toMatch(/^2 are left/);
  });
});

describe('given an export that was cut off', () => {
  it('goes on with the wearer whom it was at, and says who was there already', async () => {
    const second = { name: 'Ann Other' };
    await old.ask('PUT /v1/wearers/{wearerId}', { path: { wearerId: 'w-2' }, body: second });
    const ask = askOf(old);
    const cut: Ask = (asking) =>
      /w-2\/record\?/.test(asking.path) ? Promise.reject(new Error('no line')) : ask(asking);
    await expect(exportOf(cut, 'cut')).rejects.toThrow('no line');
    const asked: string[] = [];
    const told: string[] = [];
    const counting: Ask = (asking) => {
      asked.push(asking.path);
      return ask(asking);
    };
    await exportOf(counting, 'cut', told);
    expect(asked.filter((path) => /w-1/.test(path))).toEqual([]);
    expect(told).toEqual(expect.arrayContaining(['1 of 2: w-1, there already', '2 of 2: w-2']));
    expect(told.at(-1)).toBe('2 wearers, all of them whole');
  });
});

describe('the list of everything that an agency has', () => {
  it('is on record with each person and wearer whom it tells of', async () => {
    await exportOf(askOf(old), 'read');
    const readings = old
      .itemsOf('record')
      .filter(({ body }) => body?.S?.includes('GET /v1/agency-transfer'))
      .map(({ pk }) => pk?.S);
    expect(new Set(readings)).toEqual(
      new Set(['demo#READINGS#PERSON#officer', 'demo#READINGS#w-1', 'demo#READINGS#w-2']),
    );
  });

  it.each([
    ['by nobody', { by: '' }],
    ['to nobody', { recipient: '' }],
    ['for no reason', { reason: '' }],
    ['from a place that was not given out', { after: 'there' }],
  ])('is refused %s', async (_, more) => {
    const answer = await old.ask('GET /v1/agency-transfer', { query: { ...WHY, ...more } });
    expect(answer.statusCode).toBe(422);
  });
});
