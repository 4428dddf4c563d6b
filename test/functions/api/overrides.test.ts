import { describe, expect, it } from 'vitest';
import type { Instant } from '#domain/model/instant.ts';
import { later, MANAGER, OFFICER, ON_CALL } from '#test/support/alerts.ts';
import { rotaApi } from '#test/support/rota-api.ts';
import { layer } from '#test/support/rotas.ts';

// It is 2 March 2026, 20:01 UTC. The officer and the one on call take turns of a day, at 09:00; the
// officer's next begins on the 4th.
const ROTA = {
  name: 'Nights',
  timeZone: 'Europe/London',
  layers: [layer('main', [OFFICER, ON_CALL])],
  otherwise: null,
};
const TOMORROW = { startsAt: '2026-03-04T10:00:00Z', endsAt: '2026-03-04T12:00:00Z' };
const DECIDED = { by: MANAGER, reason: 'at court' };
const STAND_IN = {
  ...{ overrideId: 'court', kind: 'replace', personId: MANAGER, insteadOf: OFFICER },
  ...{ ...TOMORROW, ...DECIDED },
};

const worldWith = async (fields: object = {}) => {
  const clock: { now: Instant } = { now: later(60) };
  const api = await rotaApi({ clock: () => clock.now });
  await api.put({ ...ROTA, ...fields });
  const peopleAt = async (from: string) => {
    const to = new Date(Date.parse(from) + 1).toISOString();
    return (await api.onCall({ from, to })).json.onCall[0].people;
  };
  const waitUntil = (text: string) => {
    clock.now = later((Date.parse(text) - later(0)) / 1000);
  };
  return { ...api, peopleAt, waitUntil };
};

describe('an override', () => {
  it('counts for its time, and not beyond', async () => {
    const world = await worldWith();
    const { statusCode, json } = await world.override(STAND_IN);
    expect([statusCode, json]).toEqual([200, { version: 2, changed: true }]);
    expect(await world.peopleAt('2026-03-04T09:59:59.999Z')).toEqual([OFFICER]);
    expect(await world.peopleAt('2026-03-04T10:00:00Z')).toEqual([MANAGER]);
    expect(await world.peopleAt('2026-03-04T12:00:00Z')).toEqual([OFFICER]);
  });

  it('may be written by the clock of the rota', async () => {
    const world = await worldWith();
    const local = { startsAt: '2026-04-01T10:00', endsAt: '2026-04-01T12:00' };
    await world.override({ ...STAND_IN, ...local, kind: 'add' });
    const { overrides } = (await world.get()).json.document;
    expect(overrides).toMatchObject([
      { startsAt: '2026-04-01T09:00:00.000Z', endsAt: '2026-04-01T11:00:00.000Z', ...DECIDED },
    ]);
  });

  it('that is sent again changes nothing; another of its id is refused', async () => {
    const world = await worldWith();
    await world.override(STAND_IN);
    expect((await world.override(STAND_IN)).json).toEqual({ version: 2, changed: false });
    const other = await world.override({ ...STAND_IN, reason: 'ill' });
    expect(other).toMatchObject({ statusCode: 409, json: { code: 'override-exists' } });
  });

  it.each([
    [
      'in the past',
      { startsAt: '2026-03-02T19:00:00Z', endsAt: '2026-03-02T19:30:00Z' },
      'in-the-past',
      'startsAt',
    ],
    [
      'that began in the past',
      { startsAt: '2026-03-02T19:00:00Z', endsAt: '2026-03-05T19:30:00Z' },
      'in-the-past',
      'startsAt',
    ],
    ['of more than a year', { endsAt: '2027-03-06T10:00:00Z' }, 'too-long', 'endsAt'],
    ['of somebody not on record', { personId: 'ghost' }, 'not-on-record', 'personId'],
    ['by somebody not on record', { by: 'ghost' }, 'not-on-record', 'by'],
    ['in the place of nobody who is on call', { insteadOf: ON_CALL }, 'not-on-call', 'insteadOf'],
    [
      'that removes nobody who is on call',
      { kind: 'remove', personId: ON_CALL },
      'not-on-call',
      'personId',
    ],
    ['of somebody by themselves', { insteadOf: MANAGER }, 'two-places', 'insteadOf'],
    [
      'that puts somebody in two places',
      { kind: 'add', personId: OFFICER },
      'two-places',
      'personId',
    ],
    ['without a reason', { reason: '' }, 'invalid-field', 'reason'],
    ['of no kind', { kind: 'swap' }, 'invalid-field', 'kind'],
    ['that ends as it begins', { endsAt: TOMORROW.startsAt }, 'not-allowed', 'overrides.0.endsAt'],
    [
      'at a time that comes twice',
      { startsAt: '2026-10-25T01:30', endsAt: '2026-10-25T09:00' },
      'ambiguous-time',
      'startsAt',
    ],
  ])('%s is refused, and changes nothing', async (_, fields, code, path) => {
    const world = await worldWith();
    const { statusCode, json } = await world.override({ ...STAND_IN, ...fields });
    expect(statusCode).toBe(422);
    const [problem] = json.problems;
    expect(problem).toMatchObject({ code, message: expect.any(String) });
    expect(problem.path.endsWith(path)).toBe(true);
    expect((await world.get()).json.version).toBe(1);
    expect(world.lines.at(-1)).toMatchObject({ fields: { ids: 'rotaId=nights', problems: code } });
  });

  it('is refused where another has taken the person away already', async () => {
    const world = await worldWith();
    await world.override(STAND_IN);
    const again = await world.override({ ...STAND_IN, overrideId: 'two', personId: ON_CALL });
    expect(again.json.problems).toMatchObject([{ code: 'not-on-call' }]);
  });

  it('that opens a gap is refused unless it is forced', async () => {
    const world = await worldWith();
    const away = { ...STAND_IN, kind: 'remove', personId: OFFICER };
    expect((await world.override(away)).json.problems).toMatchObject([{ code: 'gap' }]);
    expect((await world.override({ ...away, force: DECIDED })).statusCode).toBe(200);
    expect((await world.get()).json.document.gapsForced).toMatchObject(DECIDED);
    expect(await world.peopleAt('2026-03-04T11:00:00Z')).toEqual([]);
  });

  it('need not answer for gaps that stood before', async () => {
    const restrictions = [{ days: ['wed'], start: '00:00', end: '00:00' }];
    const layers = [layer('main', [OFFICER, ON_CALL], { restrictions })];
    const world = await worldWith({ layers, force: DECIDED });
    expect((await world.override(STAND_IN)).statusCode).toBe(200);
    expect((await world.get()).json.document.gapsForced).toMatchObject(DECIDED);
  });

  it('is of a rota on record', async () => {
    const api = await rotaApi();
    expect((await api.override(STAND_IN)).statusCode).toBe(404);
  });
});

describe('an override that is cancelled', () => {
  it('before it begins never counts, and stays on record with who did it', async () => {
    const world = await worldWith();
    await world.override(STAND_IN);
    const back = { by: OFFICER, reason: 'the hearing was put off' };
    expect((await world.cancel('court', back)).json).toMatchObject({ version: 3, changed: true });
    expect(await world.peopleAt('2026-03-04T11:00:00Z')).toEqual([OFFICER]);
    expect((await world.get()).json.document.overrides).toMatchObject([
      { overrideId: 'court', cancelled: { ...back, at: '2026-03-02T20:01:00.000Z' } },
    ]);
  });

  it('while it runs counts until then', async () => {
    const world = await worldWith();
    await world.override(STAND_IN);
    world.waitUntil('2026-03-04T11:00:00Z');
    await world.cancel('court', DECIDED);
    expect(await world.peopleAt('2026-03-04T10:59:59.999Z')).toEqual([MANAGER]);
    expect(await world.peopleAt('2026-03-04T11:00:00Z')).toEqual([OFFICER]);
  });

  it('when it is over is refused', async () => {
    const world = await worldWith();
    await world.override(STAND_IN);
    world.waitUntil('2026-03-04T12:00:00Z');
    const { statusCode, json } = await world.cancel('court', DECIDED);
    expect([statusCode, json.code]).toEqual([409, 'override-over']);
  });

  it('is on record, by somebody on record', async () => {
    const world = await worldWith();
    await world.override(STAND_IN);
    expect((await world.cancel('other', DECIDED)).statusCode).toBe(404);
    const ghost = await world.cancel('court', { ...DECIDED, by: 'ghost' });
    expect(ghost.json.problems).toMatchObject([{ code: 'not-on-record' }]);
  });

  it('is not refused for the gap that it closes, and is for one that it opens', async () => {
    const restrictions = [{ days: ['thu'], start: '00:00', end: '00:00' }];
    const layers = [layer('main', [OFFICER, ON_CALL], { restrictions })];
    const world = await worldWith({ layers, force: DECIDED });
    await world.override({ ...STAND_IN, kind: 'add' });
    const opened = await world.cancel('court', DECIDED);
    expect(opened.json.problems[0]).toMatchObject({ code: 'gap' });
    expect((await world.cancel('court', { ...DECIDED, force: DECIDED })).statusCode).toBe(200);
  });
});

describe('a rota that is put with its overrides', () => {
  it('keeps those that have become past, and how they were cancelled', async () => {
    const world = await worldWith();
    await world.override(STAND_IN);
    await world.cancel('court', DECIDED);
    const { document } = (await world.get()).json;
    world.waitUntil('2026-03-05T12:00:00Z');
    const again = { ...document, name: 'Renamed', overrides: [{ ...document.overrides[0] }] };
    again.overrides[0].cancelled = null;
    expect((await world.put(again)).statusCode).toBe(200);
    expect((await world.get()).json.document.overrides).toEqual(document.overrides);
  });

  it('takes no new one of the past', async () => {
    const world = await worldWith();
    const past = { startsAt: '2026-02-01T10:00:00Z', endsAt: '2026-02-01T12:00:00Z' };
    const { json } = await world.put({ ...ROTA, overrides: [{ ...STAND_IN, ...past }] });
    expect(json.problems).toMatchObject([{ code: 'in-the-past', path: 'overrides.0.startsAt' }]);
  });

  it('takes no two of one id', async () => {
    const world = await worldWith();
    const two = [STAND_IN, { ...STAND_IN, kind: 'add', personId: ON_CALL }];
    const { json } = await world.put({ ...ROTA, overrides: two });
    expect(json.problems).toMatchObject([{ code: 'duplicate', path: 'overrides.1.overrideId' }]);
  });
});
