import { beforeEach, describe, expect, it } from 'vitest';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import type { AlertId } from '#domain/model/ids.ts';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { pairOf } from '#domain/model/pair.ts';
import { roster, violationOpens } from '#test/support/alerts.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { KEEP_APART, OTHER } from '#test/support/pairs.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { minute } from '#test/support/walks.ts';
import { AGENCY } from './alerts-in-tables.ts';
import { orderedWorld, type World } from './history-world.ts';

const ROUTES = ['GET /v1/alerts/{alertId}', 'GET /v1/alerts/{alertId}/timeline'];
const PAUSE = 'GET /v1/pauses/{pauseId}';
const WHY = { by: 'officer', reason: 'case review' };
const W = { wearerId: 'w-1' };
const CURFEW = { orderId: 'o-1', orderVersion: 1, conditionId: 'curfew' };
const APART = {
  ...{ orderId: 'o-2', orderVersion: 1, conditionId: KEEP_APART.conditionId },
  ...{ conditionKind: 'non-association', violationId: 'w-1.keep-apart.abc' },
} as const;

let world: World;
beforeEach(async () => {
  world = await orderedWorld();
});

const put = async (route: string, path: Readonly<Record<string, string>>, body: object) => {
  const { statusCode } = await world.ask(`PUT ${route}`, { path, body });
  expect(statusCode).toBeLessThan(300);
};

/** Two whom an order of the first keeps apart. */
const keepApart = async (conditions: readonly object[] = [KEEP_APART]) => {
  const body = { ...ORDER_BODY, ...NOTHING_STANDING, conditions };
  await put('/v1/wearers/{wearerId}', { wearerId: OTHER }, { name: 'Al Other' });
  await put('/v1/wearers/{wearerId}/orders/{orderId}', { ...W, orderId: 'o-2' }, body);
};

const alerted = async (found: Readonly<Record<string, unknown>>): Promise<AlertId> => {
  const command = violationOpens(found);
  const alertId = alertIdOf(command.violation.violationId);
  world.clock.now = secondsAfter(minute(0), 60);
  await world.changeAlert(AGENCY, alertId, async () => ({ command, roster: roster() }));
  return alertId;
};

const readingsIn = (chain: string) =>
  world
    .itemsOf(world.tables.record)
    .filter(({ pk }) => pk?.S === `demo#READINGS${chain}`)
    .map(({ body }) => JSON.parse(body?.S ?? ''));

describe('given an alert of a wearer', () => {
  it.each(ROUTES)('puts who asks %s, and why, on record of the wearer', async (route) => {
    const alertId = await alerted(CURFEW);
    const answer = await world.ask(route, { path: { alertId }, query: WHY });
    expect(answer.statusCode).toBe(200);
    const asked = { route, path: { alertId }, query: {} };
    expect(readingsIn('#w-1')).toEqual([{ at: world.clock.now, ...WHY, asked }]);
  });

  it.each(ROUTES)('answers nothing on %s where that cannot be put on record', async (route) => {
    const alertId = await alerted(CURFEW);
    const putReading = () => Promise.reject(new Error('no table'));
    const api = keptApi({ deps: { ...world.routeDeps, putReading } });
    const asked = api.ask(route, { path: { alertId }, query: WHY });
    await expect(asked).rejects.toThrow('no table');
  });

  it.each(ROUTES)('says nothing of an alert that is not on record, on %s', async (route) => {
    const path = { alertId: 'w-1.curfew.none' };
    const { statusCode, json } = await world.ask(route, { path, query: WHY });
    expect([statusCode, json.detail]).toEqual([404, 'this alert is not on record']);
    expect(readingsIn('#w-1')).toEqual([]);
  });

  it('leaves the list of many without an entry', async () => {
    await alerted(CURFEW);
    expect((await world.ask('GET /v1/alerts')).json.alerts).toHaveLength(1);
    expect(readingsIn('#w-1')).toEqual([]);
  });
});

describe('given an alert about two whom an order keeps apart', () => {
  it.each(ROUTES)(
    'puts %s on record of both, and of the other without whose it is',
    async (route) => {
      await keepApart();
      const alertId = await alerted(APART);
      await world.ask(route, { path: { alertId }, query: WHY });
      const entry = { at: world.clock.now, ...WHY };
      const { pairId } = pairOf(WEARER.wearerId, OTHER);
      expect(readingsIn('#w-1')).toEqual([
        { ...entry, asked: { route, path: { alertId }, query: {} } },
      ]);
      expect(readingsIn(`#${OTHER}`)).toEqual([
        { ...entry, asked: { route, path: { pairId }, query: {} } },
      ]);
    },
  );

  it('knows the other by the version of the order under which it was found', async () => {
    await keepApart();
    await keepApart([]);
    const alertId = await alerted(APART);
    await world.ask('GET /v1/alerts/{alertId}', { path: { alertId }, query: WHY });
    expect(readingsIn(`#${OTHER}`)).toHaveLength(1);
  });

  it('withholds from the copy of the other with whom they are a pair', async () => {
    await keepApart();
    const alertId = await alerted(APART);
    await world.ask('GET /v1/alerts/{alertId}', { path: { alertId }, query: WHY });
    const { body } = await world.ask('GET /v1/wearers/{wearerId}/subject-access', {
      path: { wearerId: OTHER },
      query: { ...WHY, recipient: 'Al Other', part: 'readings' },
    });
    expect(body).toContain('"pairId":{"withheld":"about-another-person"');
    expect(body).not.toContain('w-1');
  });
});

describe('given a pause', () => {
  const path = { pauseId: 'p-1' };
  const pause = {
    ...{ startsAt: toIso(minute(0)), endsAt: toIso(minute(60)) },
    ...{ reason: 'the strap is replaced', by: 'officer' },
  };
  const read = async (scope: object) => {
    await put('/v1/pauses/{pauseId}', path, { ...pause, scope });
    return (await world.ask(PAUSE, { path, query: WHY })).statusCode;
  };

  it('of a wearer, puts on record of them who reads it', async () => {
    expect(await read({ kind: 'wearer', ...W })).toBe(200);
    expect(readingsIn('#w-1')).toMatchObject([{ ...WHY, asked: { route: PAUSE, path } }]);
    expect(readingsIn('')).toEqual([]);
  });

  it('of everybody, puts it with what is read about the agency', async () => {
    expect(await read({ kind: 'agency' })).toBe(200);
    expect(readingsIn('')).toMatchObject([{ ...WHY, asked: { route: PAUSE, path } }]);
    expect(readingsIn('#w-1')).toEqual([]);
  });
});
