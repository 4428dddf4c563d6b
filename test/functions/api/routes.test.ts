import { describe, expect, it } from 'vitest';
import { routes } from '#lib/routes.ts';
import { HEAD_END, httpRequest } from '#test/support/http.ts';
import { keptApi, NEW_SECRET } from '#test/support/kept-api.ts';

const keysOf = (authorization: 'token' | 'link'): string[] =>
  routes
    .filter((route) => route.handledBy === 'api' && route.authorization === authorization)
    .map(({ method, path }) => `${method} ${path}`)
    .sort();

describe('the routes', () => {
  const api = keptApi();

  it('that need a token are those that the stack opens', () => {
    expect(Object.keys(api.routes).sort()).toEqual(keysOf('token'));
  });

  it('that carry their own right are those that the stack opens', () => {
    expect(Object.keys(api.linkRoutes).sort()).toEqual(keysOf('link'));
  });

  it('are no others', async () => {
    const response = await api.ask('GET /v1/nothing');
    expect(response).toMatchObject({ statusCode: 404, json: { code: 'no-such-route' } });
  });
});

describe('who may ask', () => {
  const keys = keysOf('token');

  it.each(keys)('%s answers a head-end 403, whatever it asks', async (routeKey) => {
    const response = await keptApi().ask(routeKey, { who: HEAD_END });
    expect(response).toMatchObject({ statusCode: 403, json: { code: 'not-an-administrator' } });
  });

  it.each(keys)('%s answers nobody 403', async (routeKey) => {
    const { handle } = keptApi();
    expect((await handle(httpRequest({ routeKey }))).statusCode).toBe(403);
  });
});

describe('what goes wrong behind a route', () => {
  it('is thrown on, to be answered with "try again"', async () => {
    const api = keptApi({
      deps: { loadState: () => Promise.reject(new Error('the table is gone')) },
    });
    const path = { wearerId: 'w-1' };
    const asked = api.ask('GET /v1/wearers/{wearerId}/state', { path });
    await expect(asked).rejects.toThrow('the table is gone');
  });

  it('is the caller’s fault where the path holds an id that is none', async () => {
    const path = { wearerId: '../w-1' };
    const response = await keptApi().ask('GET /v1/wearers/{wearerId}/state', { path });
    expect(response).toMatchObject({ statusCode: 400, json: { code: 'invalid-path' } });
  });
});

describe('a token', () => {
  const asked = { body: { role: 'head-end', headEndId: 'head-end', label: 'Acme' } };

  it('is shown once, and kept as a hash', async () => {
    const api = keptApi();
    const { statusCode, json } = await api.ask('POST /v1/tokens', asked);
    expect(statusCode).toBe(201);
    expect(json).toEqual({ tokenId: 't-1', token: `hw~demo~t-1~${NEW_SECRET}` });
    const kept = JSON.stringify([...api.items.values()]);
    expect(kept).toContain('sha256');
    expect(kept).not.toContain(NEW_SECRET);
  });

  it('of a head-end names it', async () => {
    const response = await keptApi().ask('POST /v1/tokens', { body: { role: 'head-end' } });
    expect(response).toMatchObject({
      statusCode: 422,
      json: { problems: [{ code: 'not-allowed', path: 'headEndId' }] },
    });
  });

  it('stays on record when it is revoked', async () => {
    const api = keptApi();
    await api.ask('POST /v1/tokens', asked);
    const path = { tokenId: 't-1' };
    const response = await api.ask('DELETE /v1/tokens/{tokenId}', { path });
    expect(response).toMatchObject({ statusCode: 200, json: { revoked: true } });
    const item = api.items.get('demo#TOKEN#t-1 TOKEN');
    expect(JSON.parse(item?.body?.S ?? '')).toMatchObject({ isRevoked: true });
  });

  it('that is not on record cannot be revoked', async () => {
    const response = await keptApi().ask('DELETE /v1/tokens/{tokenId}', { path: { tokenId: 'x' } });
    expect(response.statusCode).toBe(404);
  });
});
