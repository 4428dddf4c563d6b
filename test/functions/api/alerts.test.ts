import { describe, expect, it } from 'vitest';
import type { Alert } from '#domain/model/alert.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { keyItem } from '#functions/adapters/dynamodb/items.ts';
import { sharedKey } from '#functions/adapters/dynamodb/keys.ts';
import { later, OFFICER } from '#test/support/alerts.ts';
import { CLOSED, OPEN, TAKEN } from '#test/support/given-alert.ts';
import { keptApi } from '#test/support/kept-api.ts';

const path = { alertId: OPEN.alertId };
const ACKNOWLEDGE = 'POST /v1/alerts/{alertId}/acknowledge';
const CLOSE = 'POST /v1/alerts/{alertId}/close';
const CLOSING = {
  personId: 'manager',
  epoch: 1,
  disposition: 'no-action-explained',
  reason: 'seen at home',
};

/** The API over some alerts, with those who act on them on record. */
const staffedApi = (...alerts: readonly Alert[]) => {
  const api = keptApi({ alerts });
  for (const id of ['officer', 'manager']) {
    const key = sharedKey(agencyIdSchema.parse('demo'), 'PERSON', id);
    api.items.set(`${key.pk} ${key.sk}`, keyItem(key));
  }
  return api;
};

describe('alerts are listed', () => {
  it('by status, those that are open unless asked otherwise', async () => {
    const api = keptApi({ alerts: [OPEN] });
    const open = await api.ask('GET /v1/alerts');
    const closed = await api.ask('GET /v1/alerts', { query: { status: 'closed' } });
    expect(open.json.alerts).toMatchObject([
      { alertId: OPEN.alertId, status: 'open', openedAt: '2026-03-02T20:00:00.000Z' },
    ]);
    expect(closed.json).toEqual({ alerts: [], mayBeMore: false });
  });

  it('without positions, what spoke for it, and what was said of it at the end', async () => {
    const api = keptApi({ alerts: [CLOSED] });
    const { json } = await api.ask('GET /v1/alerts', { query: { status: 'closed' } });
    const [{ violation, closed }] = json.alerts;
    expect(violation).toMatchObject({ reason: expect.any(String), certainty: 0.97 });
    for (const left of ['evidence', 'saidBy', 'competing', 'distanceMetres']) {
      expect(violation).not.toHaveProperty(left);
    }
    expect(closed).toMatchObject({ by: 'officer', at: expect.any(String) });
    expect(closed).not.toHaveProperty('reason');
  });

  it('not by a status that is none', async () => {
    const response = await keptApi().ask('GET /v1/alerts', { query: { status: 'late' } });
    expect(response).toMatchObject({ statusCode: 422, json: { problems: [{ path: 'status' }] } });
  });
});

describe('an alert is shown', () => {
  it('with every instant as ISO 8601, and without what only machines need', async () => {
    const api = keptApi({ alerts: [TAKEN] });
    const { json } = await api.ask('GET /v1/alerts/{alertId}', { path });
    expect(json.alert).toMatchObject({
      epoch: 2,
      nextDueAt: '2026-03-03T00:00:10.000Z',
      acknowledgements: [{ by: 'officer', at: '2026-03-02T20:00:10.000Z' }],
      violation: { openedAt: '2026-03-02T19:50:00.000Z' },
    });
    expect(json.alert).not.toHaveProperty('policy');
  });

  it('where it is on record', async () => {
    const response = await keptApi().ask('GET /v1/alerts/{alertId}', { path });
    expect(response.statusCode).toBe(404);
  });
});

describe('an alert is handed on', () => {
  const path = { alertId: OPEN.alertId };
  const HAND_ON = 'POST /v1/alerts/{alertId}/escalate';

  it('and its next step runs', async () => {
    const api = staffedApi(OPEN);
    const body = { personId: 'manager', epoch: OPEN.epoch };
    expect(await api.ask(HAND_ON, { path, body })).toMatchObject({ statusCode: 200 });
    expect(api.saved.at(-1)?.events).toMatchObject([
      { type: 'alert-escalated', by: 'manager' },
      { type: 'step-run', step: 1 },
    ]);
  });

  it('not by whoever saw it as it is no more', async () => {
    const body = { personId: 'manager', epoch: OPEN.epoch };
    const response = await staffedApi(TAKEN).ask(HAND_ON, { path, body });
    expect(response).toMatchObject({
      statusCode: 409,
      json: { code: 'stale-epoch', by: 'officer' },
    });
  });
});

describe('an alert is acknowledged', () => {
  const body = { personId: 'manager' };

  it('for the person who is named, and its end is armed', async () => {
    const api = staffedApi(OPEN);
    const response = await api.ask(ACKNOWLEDGE, { path, body });
    expect(response).toMatchObject({ statusCode: 200, json: { changed: true } });
    expect(response.json.alert.acknowledgements).toMatchObject([{ by: 'manager' }]);
    expect(api.armed).toEqual([[2, later(60 + 14_400)]]);
  });

  it('once: the same person changes nothing', async () => {
    const api = staffedApi(TAKEN);
    const response = await api.ask(ACKNOWLEDGE, { path, body: { personId: 'officer' } });
    expect(response).toMatchObject({ statusCode: 200, json: { changed: false } });
  });

  it.each([
    ['somebody else has', TAKEN, 'already-acknowledged'],
    ['it has been closed', CLOSED, 'already-closed'],
  ])('not where %s, and the answer says who and when', async (_, alert, code) => {
    const response = await staffedApi(alert).ask(ACKNOWLEDGE, { path, body });
    const acted = { by: 'officer', at: '2026-03-02T20:00:10.000Z' };
    expect(response).toMatchObject({ statusCode: 409, json: { code, ...acted } });
  });

  it('not where there is none', async () => {
    const response = await staffedApi().ask(ACKNOWLEDGE, { path, body });
    expect(response).toMatchObject({ statusCode: 404, json: { code: 'alert-unknown' } });
  });
});

describe('somebody who is not on record', () => {
  it.each([
    ['acknowledges', ACKNOWLEDGE, { personId: 'nobody' }],
    ['closes', CLOSE, { ...CLOSING, personId: 'nobody' }],
  ])('%s nothing', async (_, route, body) => {
    const api = staffedApi(OPEN);
    const response = await api.ask(route, { path, body });
    expect(response).toMatchObject({
      statusCode: 422,
      json: { problems: [{ code: 'not-on-record', path: 'personId' }] },
    });
    expect(api.armed).toEqual([]);
  });
});

describe('an alert is closed', () => {
  it('with a disposition and a reason, on the epoch that the person saw', async () => {
    const api = staffedApi(OPEN);
    const response = await api.ask(CLOSE, { path, body: CLOSING });
    expect(response).toMatchObject({ statusCode: 200, json: { changed: true } });
    expect(response.json.alert.closed).toMatchObject({ by: 'manager', reason: 'seen at home' });
  });

  it('not on another epoch', async () => {
    const response = await staffedApi(TAKEN).ask(CLOSE, { path, body: CLOSING });
    expect(response).toMatchObject({ statusCode: 409, json: { code: 'stale-epoch', by: OFFICER } });
  });

  it('not with a disposition that is ours alone to give', async () => {
    const body = { ...CLOSING, disposition: 'withdrawn' };
    const response = await staffedApi(OPEN).ask(CLOSE, { path, body });
    expect(response).toMatchObject({
      statusCode: 422,
      json: { problems: [{ path: 'disposition' }] },
    });
  });
});
