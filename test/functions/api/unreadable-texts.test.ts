import { describe, expect, it } from 'vitest';
import { READER } from '#test/support/http.ts';
import { keptApi } from '#test/support/kept-api.ts';

const path = { wearerId: 'w-1' };
const PUT = 'PUT /v1/wearers/{wearerId}';
const GET = 'GET /v1/wearers/{wearerId}';

const problemsOf = async (body: unknown) => {
  const api = keptApi();
  const { statusCode, json } = await api.ask(PUT, { path, body });
  expect([statusCode, [...api.items.keys()]]).toEqual([422, []]);
  return json.problems.map(({ code, path: at }: { code: string; path: string }) => [code, at]);
};

describe('a document with a text that nobody can read', () => {
  it.each([' ', '\u200b\u200b', '\u3164'])('is refused where it is %j', async (name) => {
    expect(await problemsOf({ name })).toEqual([['invalid-field', 'name']]);
  });

  it('is refused where a letter was lost, as of a body that is no UTF-8', async () => {
    expect(await problemsOf({ name: 'J\ufffdrg' })).toEqual([['not-well-formed', 'name']]);
  });

  it('may leave out, or leave empty, what it has nothing to say of', async () => {
    const body = { name: 'Jörg', mobile: null };
    expect((await keptApi().ask(PUT, { path, body })).statusCode).toBe(201);
  });
});

describe('a question about somebody', () => {
  it('says nothing by a reason that nobody can see', async () => {
    const api = keptApi();
    await api.ask(PUT, { path, body: { name: 'Jo Bloggs' } });
    const query = { ...READER, reason: '\u200b' };
    const { statusCode, json } = await api.ask(GET, { path, query });
    expect([statusCode, json.problems[0].path]).toEqual([422, 'reason']);
  });
});

describe('somebody who is put as two kinds of person at once', () => {
  it.each([0, 1, 2, 3, 4, 6, 8])('is one of them, %i steps apart', async (steps) => {
    const api = keptApi();
    const later = async () => {
      for (let i = 0; i < steps; i += 1) await null;
      return api.ask(PUT, { path, body: { name: 'Jo', kind: 'protected-person' } });
    };
    const answers = await Promise.all([api.ask(PUT, { path, body: { name: 'Jo' } }), later()]);
    expect(answers.filter(({ statusCode }) => statusCode < 300)).toHaveLength(1);
    expect((await api.ask(GET, { path })).json.version).toBe(1);
  });
});
