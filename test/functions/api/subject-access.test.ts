import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { livedWorld, type World } from './history-world.ts';

const WHY = { by: 'officer', reason: 'asked for on 1 June', recipient: 'Jo Bloggs' };
const ROUTE = 'GET /v1/wearers/{wearerId}/subject-access';

let world: World;
beforeAll(async () => {
  world = await livedWorld();
  const path = { wearerId: 'w-1', noteId: 'n-1' };
  const note = { kind: 'family', happenedAt: '2026-06-01T09:00:00Z', by: 'officer' };
  const body = { ...note, text: 'his mother says that he left', withWhom: 'his mother' };
  const put = await world.ask('PUT /v1/wearers/{wearerId}/notes/{noteId}', { path, body });
  expect(put.statusCode).toBe(201);
});

const ask = (query: Record<string, string>, wearerId = 'w-1') =>
  world.ask(ROUTE, { path: { wearerId }, query: { ...WHY, ...query } });

const lineSchema = z.looseObject({ part: z.string(), kind: z.string() });

const everyPage = async () => {
  const pages: string[] = [];
  let query: Record<string, string> | null = {};
  while (query !== null) {
    const { statusCode, body, headers } = await ask(query);
    expect(statusCode).toBe(200);
    pages.push(body);
    const [, next] = /\?([^>]+)>; rel="next"/.exec(headers.link ?? '') ?? [];
    query = next === undefined ? null : Object.fromEntries(new URLSearchParams(next));
  }
  return pages;
};

describe('subject access', () => {
  it('gives everything in its order, each line readable by itself', async () => {
    const pages = await everyPage();
    const lines = pages
      .flatMap((page) => page.split('\n').filter((line) => line !== ''))
      .map((line) => lineSchema.parse(JSON.parse(line)));
    expect([...new Set(lines.map(({ part }) => part))]).toEqual([
      ...['documents', 'record', 'readings', 'trail'],
    ]);
    expect(lines).toContainEqual(
      expect.objectContaining({
        of: 'wearer',
        document: expect.objectContaining({ name: 'Jo Bloggs' }),
      }),
    );
    const entries = lines.filter(({ kind }) => kind === 'entry');
    expect(entries.length).toBeGreaterThan(4);
    expect(entries.every(({ words }) => typeof words === 'string' && words.length > 5)).toBe(true);
    expect(lines.filter(({ kind }) => kind === 'fix').length).toBeGreaterThan(400);
  });

  it('withholds what somebody else said, and says that it does', async () => {
    const text = (await everyPage()).join('');
    expect(text).not.toContain('his mother');
    expect(text).toContain('told-by-somebody-else');
  });

  it('is on record as a reading, with whom it went to', async () => {
    await ask({});
    const [last] = world
      .itemsOf('record')
      .filter(({ pk }) => pk?.S === 'demo#READINGS#w-1')
      .slice(-1);
    expect(JSON.parse(last?.body?.S ?? '{}')).toMatchObject(WHY);
  });

  it.each([
    ['without saying to whom', { recipient: '' }],
    ['of a part that there is not', { part: 'thoughts' }],
    ['from a place that was not given out', { part: 'record', after: 'x' }],
    ['from another such place', { part: 'documents', after: 'x' }],
  ])('is refused %s', async (_, query) => {
    expect((await ask(query)).statusCode).toBe(422);
  });

  it('is of nobody who is not on record', async () => {
    expect((await ask({}, 'w-9')).statusCode).toBe(404);
  });
});
