import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { MANAGER, OFFICER, ON_CALL } from '#test/support/alerts.ts';
import { rotaApi } from '#test/support/rota-api.ts';
import { layer } from '#test/support/rotas.ts';

// It is 2 March 2026, 20:01 UTC.
const ROTA = {
  name: 'Nights',
  timeZone: 'Europe/London',
  layers: [layer('main', [OFFICER, ON_CALL])],
  otherwise: MANAGER,
};
const PERSON = '/v1/people/{personId}';

const worldWith = async () => {
  let made = 0;
  const newSecret = () => {
    made += 1;
    return String(made).repeat(43);
  };
  const api = await rotaApi({ deps: { newSecret } });
  const of = (route: string) => (personId: string) => api.ask(route, { path: { personId } });
  const open = (path: string) => {
    const link = path.replace('/v1/shift-calendars/', '');
    return api.ask('GET /v1/shift-calendars/{link}', { path: { link }, who: null });
  };
  return {
    ...api,
    shiftsOf: of(`GET ${PERSON}/shifts.ics`),
    makeLink: of(`POST ${PERSON}/shift-calendar`),
    endLink: of(`DELETE ${PERSON}/shift-calendar`),
    open,
  };
};

const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, startDate, endDate } = new ICAL.Event(component);
    return { uid, summary, start: startDate.toString(), end: endDate.toString() };
  });

describe('a person’s shifts', () => {
  it('are a calendar of every rota that has them on call', async () => {
    const world = await worldWith();
    await world.put(ROTA);
    const shifts = [
      {
        ...{ personId: OFFICER, startsAt: '2026-03-20T18:00:00Z' },
        endsAt: '2026-03-21T06:00:00Z',
      },
    ];
    const other = { name: 'Weekend', otherwise: MANAGER, shifts };
    await world.ask('PUT /v1/rotas/{rotaId}', { path: { rotaId: 'weekend' }, body: other });
    const { statusCode, headers, body } = await world.shiftsOf(OFFICER);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
    const events = eventsIn(body);
    expect(events).toContainEqual({
      ...{ summary: 'On call: Nights', uid: expect.stringContaining('demo.nights.officer.') },
      ...{ start: '2026-03-04T09:00:00Z', end: '2026-03-05T09:00:00Z' },
    });
    expect(events).toContainEqual({
      ...{ summary: 'On call: Weekend', uid: expect.stringContaining('demo.weekend.officer.') },
      ...{ start: '2026-03-20T18:00:00Z', end: '2026-03-21T06:00:00Z' },
    });
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  });

  it('keep the ids that they have when others are added', async () => {
    const world = await worldWith();
    await world.put(ROTA);
    const today = eventsIn((await world.shiftsOf(OFFICER)).body);
    const uidOf = (events: typeof today, start: string) =>
      events.find((event) => event.start === start)?.uid;
    await world.override({
      ...{ overrideId: 'o', kind: 'add', personId: OFFICER, by: MANAGER, reason: 'storm' },
      ...{ startsAt: '2026-03-07T10:00:00Z', endsAt: '2026-03-07T12:00:00Z' },
    });
    const after = eventsIn((await world.shiftsOf(OFFICER)).body);
    expect(after).toHaveLength(today.length + 1);
    const start = '2026-03-08T09:00:00Z';
    expect(uidOf(after, start)).toBe(uidOf(today, start));
  });

  it('are told of whoever covers otherwise, without a start of its own', async () => {
    const world = await worldWith();
    await world.put({ name: 'Empty', otherwise: MANAGER });
    const events = eventsIn((await world.shiftsOf(MANAGER)).body);
    expect(events).toMatchObject([{ uid: 'demo.nights.manager.always@homeward' }]);
  });

  it('are none for somebody on no rota', async () => {
    const world = await worldWith();
    expect(eventsIn((await world.shiftsOf(OFFICER)).body)).toEqual([]);
  });

  it('are of somebody on record', async () => {
    const world = await worldWith();
    expect((await world.shiftsOf('ghost')).statusCode).toBe(404);
  });
});

describe('the secret address of a person’s shifts', () => {
  it('shows the same calendar to whoever has it', async () => {
    const world = await worldWith();
    await world.put(ROTA);
    const { statusCode, json } = await world.makeLink(OFFICER);
    expect([statusCode, json.path]).toEqual([201, `/v1/shift-calendars/demo.${'1'.repeat(43)}`]);
    const opened = await world.open(json.path);
    expect(opened.statusCode).toBe(200);
    expect(eventsIn(opened.body)).toEqual(eventsIn((await world.shiftsOf(OFFICER)).body));
  });

  it('is kept as a hash alone, and does not name the person', async () => {
    const world = await worldWith();
    const { json } = await world.makeLink(OFFICER);
    expect(json.path).not.toContain(OFFICER);
    expect(JSON.stringify([...world.items.entries()])).not.toContain('1'.repeat(43));
  });

  it('ceases to work when another is made, and when it is ended', async () => {
    const world = await worldWith();
    const first = (await world.makeLink(OFFICER)).json.path;
    const second = (await world.makeLink(OFFICER)).json.path;
    expect((await world.open(first)).statusCode).toBe(404);
    expect((await world.open(second)).statusCode).toBe(200);
    expect((await world.endLink(OFFICER)).json).toEqual({ revoked: true });
    expect((await world.open(second)).statusCode).toBe(404);
  });

  it.each([
    ['nothing'],
    ['demo.'],
    [`demo.${'x'.repeat(43)}`],
    [`other.${'1'.repeat(43)}`],
    [`../demo.${'1'.repeat(43)}`],
    [`demo.${'1'.repeat(42)}`],
  ])('is not %s', async (link) => {
    const world = await worldWith();
    await world.makeLink(OFFICER);
    expect((await world.open(link)).statusCode).toBe(404);
    expect(world.lines.at(-1)).toMatchObject({ message: 'shift calendar refused' });
  });

  it('is made for somebody on record, and ended by one at a time', async () => {
    const world = await worldWith();
    expect((await world.makeLink('ghost')).statusCode).toBe(404);
    expect((await world.endLink('ghost')).statusCode).toBe(404);
    world.race.saves = 1;
    expect((await world.makeLink(OFFICER)).statusCode).toBe(409);
  });
});
