import { describe, expect, it } from 'vitest';
import { keptApi } from '#test/support/kept-api.ts';
import { DOCUMENTS, type DocumentCase } from './documents.ts';

type Api = ReturnType<typeof keptApi>;

const put = (api: Api, { route, path }: DocumentCase, body: unknown) =>
  api.ask(`PUT ${route}`, { path, body });

/** An API that holds whatever a document may refer to. */
const apiBefore = async (wanted: DocumentCase): Promise<Api> => {
  const api = keptApi();
  for (const one of DOCUMENTS) {
    if (one === wanted) break;
    expect((await put(api, one, one.body)).statusCode).toBe(201);
  }
  return api;
};

const noticesOf = ({ beside }: Api): string[] =>
  beside.flatMap(({ Put }) => (Put?.Item?.kind?.S === 'notice' ? [Put.Item.body?.S ?? ''] : []));

describe.each(DOCUMENTS)('a document at $route', (one) => {
  it('is put as version 1 and read back', async () => {
    const api = await apiBefore(one);
    const response = await put(api, one, one.body);
    expect(response).toMatchObject({ statusCode: 201, json: { version: 1, changed: true } });
    const found = await api.ask(`GET ${one.route}`, { path: one.path });
    expect(found).toMatchObject({ statusCode: 200, json: { version: 1 } });
    const ownId = Object.entries(one.path).slice(-1);
    expect(found.json.document).toMatchObject(Object.fromEntries(ownId));
  });

  it('changes nothing when it is put again', async () => {
    const api = await apiBefore(one);
    await put(api, one, one.body);
    const notices = noticesOf(api);
    const again = await put(api, one, one.body);
    expect(again).toMatchObject({ statusCode: 200, json: { version: 1, changed: false } });
    expect(noticesOf(api)).toEqual(notices);
  });

  it('becomes version 2 when it is changed', async () => {
    const api = await apiBefore(one);
    await put(api, one, one.body);
    const response = await put(api, one, one.changed);
    expect(response).toMatchObject({ statusCode: 200, json: { version: 2, changed: true } });
  });

  it('is refused with 409 where somebody else changes it at the same time', async () => {
    const api = await apiBefore(one);
    api.race.saves = 1;
    const response = await put(api, one, one.body);
    expect(response).toMatchObject({ statusCode: 409, json: { code: 'changed-meanwhile' } });
  });

  it('is told to evaluation with the change, exactly where evaluation reads it', async () => {
    const api = await apiBefore(one);
    const before = noticesOf(api).length;
    await put(api, one, one.body);
    expect(noticesOf(api).length - before).toBe(one.isWatched ? 1 : 0);
  });

  it('is refused with 400 where its body is no JSON object', async () => {
    const api = await apiBefore(one);
    for (const body of ['{', '[]', '"text"', '']) {
      const response = await put(api, one, body);
      expect(response).toMatchObject({ statusCode: 400, json: { code: 'malformed-json' } });
    }
  });

  it('is refused with problems that name their paths, and nothing is saved', async () => {
    const api = await apiBefore(one);
    const size = api.items.size;
    const response = await put(api, one, {});
    expect(response).toMatchObject({ statusCode: 422, json: { code: 'unacceptable' } });
    const { problems } = response.json;
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      expect(problem).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      expect(problem.path).not.toBe('');
    }
    expect(api.items.size).toBe(size);
  });

  it('is refused with half a character anywhere in it, and nothing is saved', async () => {
    const api = await apiBefore(one);
    const size = api.items.size;
    const problems = [{ code: 'not-well-formed', path: 'said.0.name' }];
    const response = await put(api, one, { ...one.body, said: [{ name: 'Zoë \ud83d' }] });
    expect(response).toMatchObject({ statusCode: 422, json: { problems } });
    expect(api.items.size).toBe(size);
  });

  it('is not found before it has been put', async () => {
    const api = await apiBefore(one);
    const response = await api.ask(`GET ${one.route}`, { path: one.path });
    expect(response).toMatchObject({ statusCode: 404, json: { code: 'not-found' } });
  });

  it('is refused with an id that is none', async () => {
    const api = await apiBefore(one);
    const path = Object.fromEntries(Object.keys(one.path).map((name) => [name, 'a b']));
    const response = await api.ask(`PUT ${one.route}`, { path, body: one.body });
    expect([400, 422]).toContain(response.statusCode);
  });
});
