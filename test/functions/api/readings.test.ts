import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { askedOf } from '#domain/record/reading.ts';
import { isReading } from '#functions/api/readings.ts';
import { routes } from '#lib/routes.ts';
import { ADMINISTRATOR, httpRequest } from '#test/support/http.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { minute } from '#test/support/walks.ts';
import { orderedWorld, type World } from './history-world.ts';

const STATE = 'GET /v1/wearers/{wearerId}';
const READINGS = 'GET /v1/wearers/{wearerId}/readings';
const path = { wearerId: 'w-1' };
const WHY = { by: 'officer', reason: 'case review' };

const BELOW = /^\/v1\/((wearers|people)\/|(alerts|pauses)\/\{\w+\}|reports\/\{reportId\}$|record$)/;
/** Every route that answers a question about a wearer or a person, and the agency's reports. */
const ABOUT_SOMEBODY = routes
  .filter(({ method, path: at }) => method === 'GET' && BELOW.test(at))
  .map(({ method, path: at }) => `${method} ${at}`);

const problemsOf = async (routeKey: string, query: Readonly<Record<string, string>>) => {
  const { handle } = keptApi();
  const ids = { wearerId: 'w-1', personId: 'sam', alertId: 'w-1.k.a', pauseId: 'p-1' };
  const request = httpRequest({ routeKey, who: ADMINISTRATOR, path: ids });
  const { statusCode, body } = await handle({ ...request, queryStringParameters: query });
  const { problems = [] } = JSON.parse(body);
  return { statusCode, problems: problems.map((one: { path: string }) => one.path), body };
};

describe('what is known of somebody', () => {
  it('is asked for by routes of wearers, people, alerts, pauses, reports and chains alone', () => {
    const all = routes.map(({ method, path: at }) => `${method} ${at}`);
    expect(all.filter(isReading).sort()).toEqual([...ABOUT_SOMEBODY].sort());
    expect(ABOUT_SOMEBODY.length).toBeGreaterThan(15);
    expect(isReading('GET /v1/wearers/{wearerId}x')).toBe(false);
    expect(isReading('GET /v1/alerts')).toBe(false);
  });

  it.each(ABOUT_SOMEBODY)('is not answered on %s without who and why', async (routeKey) => {
    expect(await problemsOf(routeKey, {})).toMatchObject({
      ...{ statusCode: 422, problems: ['by', 'reason'] },
      body: expect.stringContaining('say why this is read: ?reason='),
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ['nobody', { ...WHY, by: '' }, 'by'],
    ['somebody unknown', { ...WHY, by: 'stranger' }, 'by'],
    ['what is no id', { ...WHY, by: '../officer' }, 'by'],
    ['no reason', { ...WHY, reason: ' \n ' }, 'reason'],
    ['a reason of 201 characters', { ...WHY, reason: 'x'.repeat(201) }, 'reason'],
  ])('is not answered to %s', async (_, query, where) => {
    expect(await problemsOf(STATE, query)).toMatchObject({ statusCode: 422, problems: [where] });
  });
});

describe('given a wearer on record', () => {
  let world: World;
  beforeEach(async () => {
    world = await orderedWorld();
    world.clock.now = minute(0);
  });
  const readingsIn = (pk = 'demo#READINGS#w-1') =>
    world.itemsOf(world.tables.record).filter((item) => item.pk?.S === pk);

  it('puts each answer on record: who, why and what was asked, and not the answer', async () => {
    const { statusCode } = await world.ask(STATE, { path, query: { ...WHY, note: 'Jo is ill' } });
    expect(statusCode).toBe(200);
    const [entry] = readingsIn();
    expect(entry).toMatchObject({ pk: { S: 'demo#READINGS#w-1' }, at: { S: toIso(minute(0)) } });
    expect(JSON.parse(entry?.body?.S ?? '')).toEqual({
      ...{ at: minute(0), ...WHY, asked: { route: STATE, path, query: {} } },
    });
  });

  it('puts the reading of a person into another partition than that of a wearer', async () => {
    const asked = { path: { personId: 'officer' }, query: WHY };
    await world.ask('GET /v1/people/{personId}', asked);
    expect(readingsIn()).toEqual([]);
    const entries = readingsIn('demo#READINGS#PERSON#officer');
    expect(entries.at(-1)).toMatchObject({ type: { S: 'read' }, at: { S: toIso(minute(0)) } });
  });

  it('keeps two readings of one instant apart', async () => {
    for (const _ of 'ab') await world.ask(STATE, { path, query: WHY });
    expect(readingsIn()).toHaveLength(2);
  });

  it('says nothing of a question that was refused', async () => {
    expect((await world.ask(STATE, { path: { wearerId: 'w-9' }, query: WHY })).statusCode).toBe(
      404,
    );
    expect(readingsIn()).toEqual([]);
  });

  it('lists who read what, the list itself among it', async () => {
    await world.ask(STATE, { path, query: WHY });
    world.clock.now = minute(1);
    const query = { ...WHY, from: toIso(minute(0)) };
    expect((await world.ask(READINGS, { path, query })).json.readings).toEqual([
      { at: toIso(minute(0)), ...WHY, asked: { route: STATE, path, query: {} } },
    ]);
    const again = await world.ask(READINGS, { path, query });
    expect(again.json.readings[1].asked).toEqual({
      route: READINGS,
      path,
      query: { from: query.from },
    });
    expect(again.headers.link).toBeUndefined();
  });

  it('lists who read about one of the people, apart from a wearer of that id', async () => {
    const officer = { personId: 'officer' };
    await world.ask('GET /v1/people/{personId}', { path: officer, query: WHY });
    world.clock.now = minute(1);
    const query = { ...WHY, from: toIso(minute(0)) };
    const { json } = await world.ask('GET /v1/people/{personId}/readings', {
      path: officer,
      query,
    });
    expect(json.readings).toMatchObject([{ asked: { route: 'GET /v1/people/{personId}' } }]);
  });

  it('lists a thousand at a time, each once, as the links lead', async () => {
    for (let i = 0; i < 1_003; i += 1) await world.ask(STATE, { path, query: WHY });
    world.clock.now = minute(1);
    const first = { ...WHY, from: toIso(minute(0)), to: toIso(minute(0)) };
    const page = await world.ask(READINGS, { path, query: { ...first, to: toIso(minute(1)) } });
    const next = /\?([^>]+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
    const rest = await world.ask(READINGS, {
      ...{ path, query: Object.fromEntries(new URLSearchParams(next)) },
    });
    expect([page.json.readings.length, rest.json.readings.length]).toEqual([1_000, 4]);
    expect(rest.headers.link).toBeUndefined();
  });

  it('answers nothing where the reading cannot be put on record', async () => {
    const api = keptApi({
      deps: { ...world.routeDeps, putReading: () => Promise.reject(new Error('no table')) },
    });
    await expect(api.ask(STATE, { path, query: WHY })).rejects.toThrow('no table');
  });
});

describe('what was asked, as it stands on record', () => {
  it('holds instants, ids and words of ours', () => {
    const query = { from: '2026-03-02T19:00:00.000Z', group: 'alerts', after: '2.40.all.w-1' };
    expect(askedOf(STATE, path, { ...query, ...WHY, recipient: 'x' }).query).toEqual(query);
  });

  it('holds no sentence, whatever is sent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (query) => {
        const kept = Object.entries(askedOf(STATE, {}, query).query).flat();
        expect(kept.filter((text) => /[\s"'<>]/.test(text) || text.length > 128)).toEqual([]);
      }),
    );
  });
});
