import { describe, expect, it } from 'vitest';
import { DEVICE_LIMITS, HEAD_END_LIMITS } from '#domain/ingest/allowance.ts';
import { toIso } from '#domain/model/instant.ts';
import { sha256Hex } from '#functions/adapters/dynamodb/tokens.ts';
import { routes } from '#lib/routes.ts';
import { later } from '#test/support/alerts.ts';
import { HEAD_END, httpRequest, LIAISON } from '#test/support/http.ts';
import { keptApi, NEW_SECRET } from '#test/support/kept-api.ts';

const keysOf = (...ways: readonly (typeof routes)[number]['authorization'][]): string[] =>
  routes
    .filter((route) => route.handledBy === 'api' && ways.includes(route.authorization))
    .map(({ method, path }) => `${method} ${path}`)
    .sort();

describe('the routes', () => {
  const api = keptApi();

  it('that need a token are those that the stack opens', () => {
    const all = { ...api.routes, ...api.liaisonRoutes };
    expect(Object.keys(all).sort()).toEqual(keysOf('token'));
  });

  it('that carry their own right, or need none, are those that the stack opens', () => {
    expect(Object.keys(api.linkRoutes).sort()).toEqual(keysOf('link', 'none'));
  });

  it('are no others', async () => {
    const response = await api.ask('GET /v1/nothing');
    expect(response).toMatchObject({ statusCode: 404, json: { code: 'no-such-route' } });
  });
});

describe('who may ask', () => {
  const keys = keysOf('token');
  const { liaisonRoutes } = keptApi();

  it.each(keys)('%s answers a head-end 403, whatever it asks', async (routeKey) => {
    const response = await keptApi().ask(routeKey, { who: HEAD_END });
    const code = routeKey in liaisonRoutes ? 'not-this-liaison' : 'not-an-administrator';
    expect(response).toMatchObject({ statusCode: 403, json: { code } });
  });

  it.each(keys)('%s answers a liaison 403, but for its own feed', async (routeKey) => {
    const of = (liaisonId: string) =>
      keptApi().ask(routeKey, { who: LIAISON, path: { liaisonId } });
    expect((await of('kent')).statusCode).toBe(403);
    const isTheirs = routeKey in liaisonRoutes;
    if (!isTheirs) expect((await of('met')).statusCode).toBe(403);
  });

  it.each(keys)('%s answers nobody 403', async (routeKey) => {
    const { handle } = keptApi();
    expect((await handle(httpRequest({ routeKey }))).statusCode).toBe(403);
  });
});

describe('an attempt that is refused', () => {
  it('stands in the log by its route and code, without what was sent', async () => {
    const api = keptApi();
    const body = { name: 'Loop', repeat: -1, steps: [], lastResort: { personIds: [] } };
    const path = { policyId: 'p-1' };
    const response = await api.ask('PUT /v1/policies/{policyId}', { path, body });
    expect(response.statusCode).toBe(422);
    expect(api.saved).toEqual([]);
    expect(api.lines).toMatchObject([
      {
        level: 'warn',
        fields: { route: 'PUT /v1/policies/{policyId}', status: 422, reason: 'unacceptable' },
      },
    ]);
    expect(JSON.stringify(api.lines)).not.toContain('Loop');
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

  const kept = (api: ReturnType<typeof keptApi>) =>
    JSON.parse(api.items.get('demo#TOKEN#t-1 TOKEN')?.body?.S ?? '');
  const path = { tokenId: 't-1' };

  it.each([
    [{}, { deviceSerial: null, limits: HEAD_END_LIMITS }],
    [{ deviceSerial: 'jo/phone' }, { deviceSerial: 'jo/phone', limits: DEVICE_LIMITS }],
    [
      { requestsPerMinute: 5, eventsPerMinute: 1_000 },
      { limits: { requestsPerMinute: 5, eventsPerMinute: 1_000 } },
    ],
  ])('of %j keeps its device and its limits', async (fields, expected) => {
    const api = keptApi();
    await api.ask('POST /v1/tokens', { body: { ...asked.body, ...fields } });
    expect(kept(api)).toMatchObject(expected);
  });

  it('may not be limited to less than one full POST', async () => {
    const body = { ...asked.body, eventsPerMinute: 999 };
    const response = await keptApi().ask('POST /v1/tokens', { body });
    expect(response).toMatchObject({
      statusCode: 422,
      json: { problems: [{ code: 'invalid-field', path: 'eventsPerMinute' }] },
    });
  });

  const rotated = async (body?: object) => {
    const secrets = ['A', 'B', 'C'].map((letter) => letter.repeat(43));
    const api = keptApi({ deps: { newSecret: () => secrets.shift() ?? '' } });
    await api.ask('POST /v1/tokens', asked);
    const response = await api.ask('POST /v1/tokens/{tokenId}/rotate', {
      path,
      ...(body === undefined ? {} : { body }),
    });
    return { api, response };
  };
  const hashOf = (letter: string) => sha256Hex(`hw~demo~t-1~${letter.repeat(43)}`);

  it.each([
    [undefined, 86_400],
    [{ overlapSeconds: 60 }, 60],
    [{ overlapSeconds: 0 }, 0],
  ])(
    'is rotated with %j to a new secret, beside which the old one works',
    async (body, seconds) => {
      const { api, response } = await rotated(body);
      const until = later(60 + seconds);
      expect(response).toMatchObject({
        statusCode: 200,
        json: { token: `hw~demo~t-1~${'B'.repeat(43)}`, earlierWorksUntil: toIso(until) },
      });
      expect(kept(api)).toMatchObject({
        sha256: hashOf('B'),
        earlier: { sha256: hashOf('A'), worksUntil: until },
        headEndId: 'head-end',
      });
    },
  );

  it('is not rotated again while the secret before works: a head-end may be using it', async () => {
    const { api } = await rotated();
    const again = await api.ask('POST /v1/tokens/{tokenId}/rotate', { path });
    expect(again).toMatchObject({ statusCode: 409, json: { code: 'overlap-running' } });
    expect(kept(api)).toMatchObject({ sha256: hashOf('B'), earlier: { sha256: hashOf('A') } });
  });

  it.each([
    ['that had no overlap', { overlapSeconds: 0 }, false],
    ['whose overlap was ended', undefined, true],
  ])('%s is rotated again', async (_, body, isEnded) => {
    const { api } = await rotated(body);
    if (isEnded) await api.ask('DELETE /v1/tokens/{tokenId}/earlier', { path });
    await api.ask('POST /v1/tokens/{tokenId}/rotate', { path });
    expect(kept(api)).toMatchObject({ sha256: hashOf('C'), earlier: { sha256: hashOf('B') } });
  });

  it('loses the secret before at once when that is asked for', async () => {
    const { api } = await rotated();
    const response = await api.ask('DELETE /v1/tokens/{tokenId}/earlier', { path });
    expect(response).toMatchObject({ statusCode: 200, json: { earlierRevoked: true } });
    expect(kept(api)).toMatchObject({ sha256: hashOf('B'), earlier: null, isRevoked: false });
  });

  it('that has been revoked is not rotated', async () => {
    const { api } = await rotated();
    await api.ask('DELETE /v1/tokens/{tokenId}', { path });
    const response = await api.ask('POST /v1/tokens/{tokenId}/rotate', { path });
    expect(response).toMatchObject({ statusCode: 409, json: { code: 'token-revoked' } });
  });

  it.each([
    ['DELETE /v1/tokens/{tokenId}'],
    ['POST /v1/tokens/{tokenId}/rotate'],
    ['DELETE /v1/tokens/{tokenId}/earlier'],
  ])('says on %s that somebody else changed it meanwhile', async (route) => {
    const { api } = await rotated({ overlapSeconds: 0 });
    api.race.saves = 1;
    const response = await api.ask(route, { path });
    expect(response).toMatchObject({ statusCode: 409, json: { code: 'changed-meanwhile' } });
  });

  it('that is not on record cannot be revoked', async () => {
    const response = await keptApi().ask('DELETE /v1/tokens/{tokenId}', { path: { tokenId: 'x' } });
    expect(response.statusCode).toBe(404);
  });
});
