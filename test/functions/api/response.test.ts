import { describe, expect, it } from 'vitest';
import {
  acknowledge,
  FORCE,
  later,
  OFFICER,
  policy,
  T,
  violationChanges,
} from '#test/support/alerts.ts';
import { OPEN } from '#test/support/given-alert.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { idOf, opens, worldOfAlerts } from './alerts-in-tables.ts';

const ROUTE = 'GET /v1/response';
const POLICE = {
  policy: policy({
    steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }, { kind: 'police' }] }],
  }),
};
const sent = (seconds: number) =>
  ({ status: 'sent', providerId: 'p', at: later(seconds) }) as const;
const query = { from: '2026-03-02T00:00:00Z' };

const given = async () => {
  const world = worldOfAlerts();
  await world.act(opens('one', 0, POLICE), opens('two', 1_000, POLICE));
  await world.end(1, sent(3), idOf('one'));
  await world.end(2, sent(4), idOf('one'));
  await world.end(1, { status: 'failed', reason: 'opted out', at: later(1_001) }, idOf('two'));
  await world.end(2, sent(1_007), idOf('two'));
  const two = { violationId: idOf('two'), detectedAt: later(1_000), status: 'withdrawn' };
  const over = violationChanges(two);
  await world.act(
    { command: acknowledge('officer'), at: later(33), alertId: idOf('one') },
    { command: over, at: later(1_100), alertId: idOf('two') },
  );
  world.clock.now = later(5_000);
  return world;
};

describe('the response to alerts', () => {
  it('is told from when their first page went until they were taken in hand', async () => {
    const { json } = await (await given()).ask(ROUTE, { query });
    expect(json.all).toMatchObject({
      ...{ alerts: 2, falseAlerts: 1, untold: 0 },
      detectToPage: { count: 2, p50Seconds: 3, worstSeconds: 7, worstAlertId: idOf('two') },
      pageToAcknowledge: { count: 1, worstSeconds: 30 },
      acknowledgeToClose: { count: 0, waiting: 1 },
    });
    expect(json).toMatchObject({ by: 'kind', isCut: false, to: '2026-03-02T21:23:20.000Z' });
    expect(json.groups).toMatchObject([{ group: 'curfew', times: { alerts: 2 } }]);
  });

  it('is grouped by the team of the officer, as it is now', async () => {
    const world = await given();
    const byTeam = async () =>
      (await world.ask(ROUTE, { query: { ...query, by: 'team' } })).json.groups;
    expect(await byTeam()).toMatchObject([{ group: 'not on record', times: { alerts: 2 } }]);
    await world.ask('PUT /v1/people/{personId}', {
      path: { personId: OFFICER },
      body: { name: 'O', role: 'officer', mobile: '+447700900001', team: 'North' },
    });
    expect(await byTeam()).toMatchObject([{ group: 'North', times: { alerts: 2 } }]);
  });

  it('is grouped by officer, or by hour', async () => {
    const world = await given();
    const by = async (name: string) =>
      (await world.ask(ROUTE, { query: { ...query, by: name } })).json.groups;
    expect(await by('officer')).toMatchObject([{ group: OFFICER }]);
    expect(await by('hour')).toMatchObject([{ group: '20' }]);
  });

  it('is of the alerts that opened within the time that is asked about', async () => {
    const world = await given();
    const narrow = { from: '2026-03-02T20:10:00Z', to: '2026-03-02T20:30:00Z' };
    expect((await world.ask(ROUTE, { query: narrow })).json.all.alerts).toBe(1);
  });

  it('counts the false calls to each force against its budget', async () => {
    const { json } = await (await given()).ask(ROUTE, { query });
    expect(json.police).toMatchObject({
      forces: [{ liaisonId: FORCE, calls: 2, falseCalls: 1, budget: 2, wearers: [{ left: 1 }] }],
    });
  });

  it('counts no call that has not been sent', async () => {
    const world = worldOfAlerts();
    await world.act(opens('one', 0, POLICE));
    world.clock.now = later(60);
    expect((await world.ask(ROUTE, { query })).json.police.forces).toMatchObject([{ calls: 0 }]);
  });

  it.each([
    ['no beginning', {}, 'from'],
    ['an end that is ahead', { ...query, to: '2026-04-01T00:00:00Z' }, 'to'],
    ['an end before its beginning', { from: query.from, to: '2026-03-01T00:00:00Z' }, 'from'],
    ['more than a year', { from: '2025-01-01T00:00:00Z' }, 'from'],
    ['another grouping', { ...query, by: 'mood' }, 'by'],
  ])('is not told of %s', async (_, asked, path) => {
    const response = await worldOfAlerts().ask(ROUTE, { query: asked });
    expect(response).toMatchObject({ statusCode: 422, json: { problems: [{ path }] } });
  });
});

describe('more alerts than are reckoned with at once', () => {
  it('are told of from the instant on since which they are whole', async () => {
    const api = keptApi({
      now: later(9_000),
      deps: {
        // Of those in hand there is one from before the newest that are open.
        loadListed: async (_, { status, most }) => {
          if (status === 'closed') return [];
          const count = status === 'open' ? most : 2;
          return Array.from({ length: count }, (_each, i) => ({
            ...OPEN,
            openedAt: later(8_000 - i * (status === 'open' ? 1 : 6_000)),
          }));
        },
      },
    });
    const { json } = await api.ask(ROUTE, { query });
    expect(json).toMatchObject({ isCut: true, from: '2026-03-02T21:23:21.001Z' });
    expect(json.all.alerts).toBe(3_000);
  });
});

describe('wearer-days', () => {
  const PUT = 'PUT /v1/wearers/{wearerId}/activations/{activationId}';
  const worn = { headEndId: 'trial', startsAt: '2026-03-01T20:00:00Z' };

  const wearing = async () => {
    const world = worldOfAlerts();
    for (const [wearerId, kind] of [
      ['w-1', 'wearer'],
      ['p-1', 'protected-person'],
    ] as const) {
      const path = { wearerId, activationId: `a-${wearerId}` };
      await world.ask('PUT /v1/wearers/{wearerId}', { path, body: { name: 'Jo', kind } });
      await world.ask(PUT, { path, body: { ...worn, deviceSerial: wearerId } });
    }
    return world;
  };

  it('are those of wearers with a device, and not of protected persons', async () => {
    const world = await wearing();
    world.clock.now = later(86_400);
    const { json } = await world.ask(ROUTE, { query: { from: '2026-03-01T00:00:00Z' } });
    expect(json.wearerDays).toBe(2);
  });

  it('are what rates of alerts are given for', async () => {
    const world = await wearing();
    await world.act(opens('one', 0));
    world.clock.now = later(86_400);
    const { json } = await world.ask(ROUTE, { query: { from: '2026-03-01T00:00:00Z' } });
    expect(json).toMatchObject({ alertsPerWearerDay: 0.5, falseAlertsPerWearerDay: 0 });
  });

  it('without any there is no rate', async () => {
    const world = worldOfAlerts();
    world.clock.now = T;
    const { json } = await world.ask(ROUTE, { query });
    expect(json).toMatchObject({ wearerDays: 0, alertsPerWearerDay: null });
  });
});
