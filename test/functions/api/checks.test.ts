import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { nudgeSchema } from '#domain/model/nudge.ts';
import { later, T } from '#test/support/alerts.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { ORDER_BODY } from '#test/support/orders.ts';
import { nudge } from '#test/support/pages.ts';
import { DOCUMENTS } from './documents.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WINDOW = { days: DAYS, start: '08:00', end: '20:00' };
const CHECKS = {
  conditionId: 'checks',
  kind: 'check-in',
  times: { kind: 'random', windows: [WINDOW], checks: 2 },
};
const ORDER = { ...ORDER_BODY, conditions: [CHECKS] };
const ROUTE = '/v1/wearers/{wearerId}/orders/{orderId}';
const path = { wearerId: 'w-1', orderId: 'o-9' };

/** An API that knows a wearer, with or without a number, and an officer and a policy. */
const apiWith = async (wearer: object, parts: Parameters<typeof keptApi>[0] = {}) => {
  const api = keptApi(parts);
  for (const one of DOCUMENTS.filter(({ route }) => !route.includes('{orderId}'))) {
    await api.ask(`PUT ${one.route}`, { path: one.path, body: one.body });
  }
  await api.ask('PUT /v1/wearers/{wearerId}', { path, body: { name: 'Jo Bloggs', ...wearer } });
  const put = (fields: object = {}) =>
    api.ask(`PUT ${ROUTE}`, { path, body: { ...ORDER, ...fields } });
  const checks = async () => (await api.ask(`GET ${ROUTE}/checks`, { path })).json;
  return { ...api, put, checks };
};

describe('an order that asks for checks', () => {
  it('has them planned when it is put, from a seed that is kept', async () => {
    const api = await apiWith({ mobile: '+447700900009' });
    expect(await api.put()).toMatchObject({ statusCode: 201 });
    const { seed, plans } = await api.checks();
    expect(seed).toBe('5e'.repeat(32));
    expect(plans).toMatchObject([{ conditionId: 'checks' }]);
    expect(plans[0].askedAt.length).toBeGreaterThan(2_190);
  });

  it('keeps its plan when something else of it changes', async () => {
    const seeds = ['aa'.repeat(32), 'bb'.repeat(32)];
    const newSeed = () => seeds.shift() ?? '';
    const api = await apiWith({ mobile: '+447700900009' }, { deps: { newSeed } });
    await api.put();
    const before = await api.checks();
    expect(await api.put({ riskLevel: 'high' })).toMatchObject({ json: { version: 2 } });
    expect(await api.checks()).toEqual(before);
  });

  it('is good, with a warning, where no text message can ask the wearer', async () => {
    const { json } = await (await apiWith({})).put();
    expect(json).toMatchObject({ changed: true, warnings: [{ code: 'no-mobile' }] });
    const withMobile = await (await apiWith({ mobile: '+447700900009' })).put();
    expect(withMobile.json).not.toHaveProperty('warnings');
  });

  it.each([
    ['checks-too-close', { ...CHECKS, expireSeconds: 604_800 }],
    [
      'no-checks',
      { ...CHECKS, times: { ...CHECKS.times, windows: [{ ...WINDOW, end: '08:05' }] } },
    ],
    ['invalid-field', { ...CHECKS, times: { kind: 'random', windows: [], checks: 2 } }],
  ])('is refused, and nothing saved: %s', async (code, condition) => {
    const times = { kind: 'fixed', days: DAYS, times: ['10:00', '18:00'] };
    const api = await apiWith({});
    const asked = code === 'checks-too-close' ? { ...condition, times } : condition;
    const response = await api.put({ conditions: [asked] });
    expect(response).toMatchObject({ statusCode: 422, json: { problems: [{ code }] } });
    expect(await api.ask(`GET ${ROUTE}`, { path })).toMatchObject({ statusCode: 404 });
  });

  it('has no plan where it asks for none', async () => {
    const api = await apiWith({});
    await api.put({ conditions: [] });
    expect(await api.checks()).toEqual({ seed: null, plans: [] });
    const unknown = { ...path, orderId: 'o-10' };
    expect(await api.ask(`GET ${ROUTE}/checks`, { path: unknown })).toMatchObject({
      statusCode: 404,
    });
  });
});

describe('the nudges of a wearer', () => {
  it('are listed with what became of them, the newest first, without the number', async () => {
    const at = later(900);
    const kept = [
      { nudge: nudge(), status: 'suppressed', outcome: { status: 'suppressed', at } },
      { nudge: nudge({ openedAt: at, untilAt: null }), status: 'pending', outcome: null },
    ] as const;
    const outbox = { pagesOf: async () => [], nudgesOf: async () => [...kept] };
    const api = await apiWith({}, { deps: { outbox } });
    const { json } = await api.ask('GET /v1/wearers/{wearerId}/nudges', { path });
    expect(json.nudges).toMatchObject([
      { openedAt: '2026-03-02T20:15:00.000Z', untilAt: null, status: 'pending', outcome: null },
      { reason: 'check-due', createdAt: new Date(T).toISOString(), status: 'suppressed' },
    ]);
    expect(JSON.stringify(json)).not.toContain('+44');
    expect(Object.keys(nudgeSchema.shape)).toContain('mobile');
  });

  it('of whom nobody knows are asked for in vain, and that is no reading of theirs', async () => {
    const api = await apiWith({});
    const nobody = { wearerId: 'w-404' };
    const { statusCode } = await api.ask('GET /v1/wearers/{wearerId}/nudges', { path: nobody });
    expect(statusCode).toBe(404);
    const query = { by: 'officer', reason: 'who has read', from: toIso(later(-900)) };
    const route = 'GET /v1/wearers/{wearerId}/readings';
    const { json } = await api.ask(route, { path: nobody, query });
    expect(json.readings).toEqual([]);
  });
});
