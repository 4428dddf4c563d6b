import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MANAGER, OFFICER } from '#test/support/alerts.ts';
import { rotaApi } from '#test/support/rota-api.ts';
import { layer } from '#test/support/rotas.ts';

const FEED = readFileSync(
  new URL('../../fixtures/calendars/england-and-wales.ics', import.meta.url),
  'utf8',
);
const PATH = { holidaysId: 'england' };
const ROUTE = '/v1/holidays/{holidaysId}';
const CALENDAR = { 'content-type': 'text/calendar; charset=utf-8' };

type Api = Awaited<ReturnType<typeof rotaApi>>;
const put = (api: Api, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  api.ask(`PUT ${ROUTE}`, { path: PATH, body, headers });
const get = (api: Api) => api.ask(`GET ${ROUTE}`, { path: PATH });

const office = (otherwise: string | null) => ({
  ...{ name: 'Office', timeZone: 'Europe/London', otherwise },
  layers: [layer('office', [OFFICER], { skipHolidays: 'england' })],
});

describe('holidays', () => {
  it('are imported from a calendar', async () => {
    const api = await rotaApi();
    const { statusCode, json } = await put(api, FEED, CALENDAR);
    expect([statusCode, json]).toEqual([201, { version: 1, changed: true }]);
    const { document } = (await get(api)).json;
    expect(document).toMatchObject({ ...PATH, name: 'Bank holidays in England and Wales' });
    // The feed's day of 2024 is long over.
    expect(document.days).toHaveLength(10);
    expect(document.days[1]).toEqual({ date: '2026-04-03', name: 'Good Friday' });
  });

  it('imported again change nothing', async () => {
    const api = await rotaApi();
    await put(api, FEED, CALENDAR);
    expect((await put(api, FEED, CALENDAR)).json).toEqual({ version: 1, changed: false });
  });

  it('are days on which a layer that skips them does not count', async () => {
    const api = await rotaApi();
    await put(api, FEED, CALENDAR);
    expect((await api.put(office(MANAGER))).statusCode).toBe(201);
    const { json } = await api.onCall({ from: '2026-04-02T12:00:00Z', to: '2026-04-04T12:00:00Z' });
    expect(json.onCall).toMatchObject([
      { people: [OFFICER] },
      {
        ...{ startsAt: '2026-04-02T23:00:00.000Z', endsAt: '2026-04-03T23:00:00.000Z' },
        people: [MANAGER],
      },
      { people: [OFFICER] },
    ]);
  });

  it('that leave a gap keep a rota from being put', async () => {
    const api = await rotaApi();
    await put(api, FEED, CALENDAR);
    const { json } = await api.put(office(null));
    expect(json.problems.map(({ code }: { code: string }) => code)).toEqual(['gap', 'gap']);
  });

  it('that open a gap in a rota on record say so', async () => {
    const api = await rotaApi();
    await put(api, { name: 'England', days: [] });
    expect((await api.put(office(null))).statusCode).toBe(201);
    const { statusCode, json } = await put(api, FEED, CALENDAR);
    expect(statusCode).toBe(200);
    expect(json.warnings).toMatchObject([
      { code: 'gap', path: 'rotas.nights', message: expect.stringContaining('2026-04-02T23:00') },
      { code: 'gap', path: 'rotas.nights', message: expect.stringContaining('2026-04-05T23:00') },
    ]);
  });

  it('say how many events of a calendar they left out', async () => {
    const api = await rotaApi();
    const timed = 'BEGIN:VEVENT\r\nUID:t\r\nDTSTART:20260404T090000Z\r\nEND:VEVENT\r\n';
    const { json } = await put(
      api,
      FEED.replace('END:VCALENDAR', `${timed}END:VCALENDAR`),
      CALENDAR,
    );
    expect(json.warnings).toMatchObject([{ code: 'ignored' }]);
  });

  it.each([
    ['no calendar', 'Easter', 422, 'malformed-calendar'],
    ['a calendar without days', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR', 422, 'no-holidays'],
    ['a megabyte and more', 'x'.repeat(1_048_577), 413, undefined],
  ])('are not %s', async (_, body, status, code) => {
    const api = await rotaApi();
    const { statusCode, json } = await put(api, body, CALENDAR);
    expect([statusCode, json.problems?.[0].code]).toEqual([status, code]);
    expect((await get(api)).statusCode).toBe(404);
  });

  it.each([
    [{ name: 'England', days: [{ date: '2026-02-30' }] }, 'days.0.date'],
    [{ name: '', days: [] }, 'name'],
    [{ name: 'England' }, 'days'],
  ])('of %j are refused', async (body, path) => {
    const { json } = await put(await rotaApi(), body);
    expect(json.problems).toMatchObject([{ code: 'invalid-field', path }]);
  });

  it('that a policy’s office keeps must be on record', async () => {
    const api = await rotaApi();
    const windows = [{ days: ['mon'], start: '09:00', end: '17:00' }];
    const body = {
      name: 'Usual',
      steps: [{ delaySeconds: 0, targets: [{ kind: 'person', personId: OFFICER }] }],
      lastResort: { personIds: [MANAGER] },
      officeHours: { timeZone: 'Europe/London', windows, holidaysId: 'england' },
    };
    const ask = () => api.ask('PUT /v1/policies/{policyId}', { path: { policyId: 'p' }, body });
    expect((await ask()).json.problems).toMatchObject([
      { code: 'not-on-record', path: 'officeHours.holidaysId' },
    ]);
    await put(api, FEED, CALENDAR);
    expect((await ask()).statusCode).toBe(201);
  });
});
