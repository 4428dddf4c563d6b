import { describe, expect, it } from 'vitest';
import { acknowledge, close, later, policy, tick } from '#test/support/alerts.ts';
import { idOf, opens, worldOfAlerts } from './alerts-in-tables.ts';

const ROUTE = 'GET /v1/people/{personId}/pages';
const query = { from: '2026-03-02T19:00:00Z' };
const MANAGER_ONLY = policy({
  steps: [{ delaySeconds: 0, targets: [{ kind: 'person', personId: 'manager' }] }],
});

/** People, and a rota that asks one of them. */
const staffed = async () => {
  const world = worldOfAlerts();
  for (const personId of ['officer', 'on-call', 'night', 'manager']) {
    const body = { name: personId, role: 'officer', mobile: '+447700900001' };
    await world.ask('PUT /v1/people/{personId}', { path: { personId }, body });
  }
  const shift = {
    personId: 'night',
    ...{ startsAt: '2026-03-03T20:00:00Z', endsAt: '2026-03-04T06:00:00Z' },
  };
  const body = { name: 'Duty', otherwise: 'on-call', shifts: [shift] };
  const put = await world.ask('PUT /v1/rotas/{rotaId}', { path: { rotaId: 'duty' }, body });
  expect(put.statusCode).toBe(201);
  const pagesOf = async (personId: string, asked: object = query) =>
    (await world.ask(ROUTE, { path: { personId }, query: { ...asked } })).json;
  return { ...world, pagesOf };
};

describe('what somebody was paged', () => {
  it('is listed with what became of it, and how long it has waited', async () => {
    const world = await staffed();
    await world.act(opens('one', 0), { command: tick(1), at: later(300), alertId: idOf('one') });
    await world.end(1, { status: 'failed', reason: 'opted out', at: later(2) }, idOf('one'));
    world.clock.now = later(360);
    expect((await world.pagesOf('officer')).pages).toMatchObject([
      { alertId: idOf('one'), channel: 'sms', step: 1, status: 'failed', reason: 'opted out' },
    ]);
    expect((await world.pagesOf('on-call')).pages).toMatchObject([
      { step: 2, status: 'pending', ageSeconds: 60, endedAt: null },
    ]);
  });

  it('is that of the time that is asked about', async () => {
    const world = await staffed();
    await world.act(opens('one', 0));
    world.clock.now = later(7_200);
    const none = await world.pagesOf('officer', { from: '2026-03-02T20:30:00Z' });
    expect(none.pages).toEqual([]);
    expect(none.notPaged).toMatchObject([{ reasons: [{ why: 'no-step-then' }] }]);
  });
});

describe('of which alerts somebody was not paged, and why', () => {
  it('somebody else was on call', async () => {
    const world = await staffed();
    await world.act(opens('one', 0), { command: tick(1), at: later(300), alertId: idOf('one') });
    world.clock.now = later(400);
    expect((await world.pagesOf('night')).notPaged).toMatchObject([
      {
        alertId: idOf('one'),
        reasons: [{ why: 'not-on-call', id: 'duty', step: 2, firstAt: '2026-03-02T20:05:00.000Z' }],
      },
    ]);
  });

  it('somebody had it in hand before it came to them, and has closed it since', async () => {
    const world = await staffed();
    await world.act(
      opens('one', 0),
      { command: acknowledge('officer'), at: later(30), alertId: idOf('one') },
      { command: close('officer', 2), at: later(60), alertId: idOf('one') },
    );
    world.clock.now = later(400);
    expect((await world.pagesOf('manager')).notPaged).toMatchObject([
      { reasons: [{ why: 'acknowledged-before', id: 'officer', step: null }] },
    ]);
  });

  it('the policy names them nowhere', async () => {
    const world = await staffed();
    await world.act(opens('one', 0, { policy: MANAGER_ONLY }));
    world.clock.now = later(400);
    const { pages, notPaged, notInPolicy } = await world.pagesOf('night');
    expect({ pages, notPaged, notInPolicy }).toEqual({
      ...{ pages: [], notPaged: [], notInPolicy: [idOf('one')] },
    });
  });

  it('an alert that was closed before the time is none of it', async () => {
    const world = await staffed();
    await world.act(opens('one', 0), {
      ...{ command: close('officer', 1), at: later(60), alertId: idOf('one') },
    });
    world.clock.now = later(7_200);
    const asked = await world.pagesOf('manager', { from: '2026-03-02T20:30:00Z' });
    expect(asked).toMatchObject({ pages: [], notPaged: [], notInPolicy: [], mayBeMore: false });
  });

  it('is asked of people who are on record, over at most a month', async () => {
    const world = await staffed();
    const path = { personId: 'stranger' };
    expect((await world.ask(ROUTE, { path, query })).statusCode).toBe(404);
    const wide = await world.ask(ROUTE, { path, query: { from: '2026-01-01T00:00:00Z' } });
    expect(wide.statusCode).toBe(422);
  });
});
