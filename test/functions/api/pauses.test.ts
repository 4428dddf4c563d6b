import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { later } from '#test/support/alerts.ts';
import { keptApi } from '#test/support/kept-api.ts';

const PAUSE = 'PUT /v1/pauses/{pauseId}';
const SECOND = 'POST /v1/pauses/{pauseId}/second';
const path = { pauseId: 'p-1' };

const body = (fields: Readonly<Record<string, unknown>> = {}) => ({
  scope: { kind: 'agency' },
  startsAt: toIso(later(0)),
  endsAt: toIso(later(3_600)),
  reason: 'the head-end is being replaced',
  by: 'reid',
  withSafety: true,
  ...fields,
});

/** The API with two people and a wearer on record, on a clock of the test's own. */
const office = async () => {
  const clock = { now: later(60) };
  const api = keptApi({ clock: () => clock.now });
  for (const personId of ['reid', 'okoye', 'brandt']) {
    const person = { name: personId, role: 'duty-manager', mobile: '+447700900001' };
    await api.ask('PUT /v1/people/{personId}', { path: { personId }, body: person });
  }
  const put = (fields: Readonly<Record<string, unknown>> = {}) =>
    api.ask(PAUSE, { path, body: body(fields) });
  const agree = (personId: string) => api.ask(SECOND, { path, body: { personId } });
  const second = async () =>
    (await api.ask('GET /v1/pauses/{pauseId}', { path })).json.document.second;
  return { ...api, clock, put, agree, second };
};

describe('a pause', () => {
  it('is put, read and listed, with whether it is in force', async () => {
    const { put, ask } = await office();
    expect((await put()).statusCode).toBe(201);
    expect((await put()).json).toEqual({ version: 1, changed: false });
    expect((await ask('GET /v1/pauses/{pauseId}', { path })).json.document).toMatchObject({
      ...{ pauseId: 'p-1', by: 'reid', second: null },
    });
    expect((await ask('GET /v1/pauses')).json.pauses).toMatchObject([
      { pauseId: 'p-1', startsAt: toIso(later(0)), second: null, isInForce: true },
    ]);
  });

  it.each([
    ['somebody unknown', { by: 'ghost' }, 'by'],
    ['a wearer unknown', { scope: { kind: 'wearer', wearerId: 'w-404' } }, 'scope.wearerId'],
    ['no reason', { reason: '' }, 'reason'],
    ['an end in the past', { startsAt: toIso(later(0)), endsAt: toIso(later(59)) }, 'endsAt'],
    ['more than thirty days', { endsAt: '2026-05-02T20:00:00Z' }, 'endsAt'],
  ])('with %s is refused, and nothing is saved', async (_, fields, problem) => {
    const { put, ask } = await office();
    const refused = await put(fields);
    expect(refused.statusCode).toBe(422);
    expect(refused.json.problems).toMatchObject([{ path: problem }]);
    expect((await ask('GET /v1/pauses/{pauseId}', { path })).statusCode).toBe(404);
  });

  it('is ended by an earlier end, also one that has just passed', async () => {
    const { put, ask, clock } = await office();
    await put();
    clock.now = later(600);
    expect((await put({ endsAt: toIso(later(599)) })).json).toMatchObject({ changed: true });
    expect((await ask('GET /v1/pauses')).json.pauses).toMatchObject([{ isInForce: false }]);
  });

  it('that is over is not moved to another past', async () => {
    const { put, clock } = await office();
    await put({ endsAt: toIso(later(90)) });
    clock.now = later(600);
    expect((await put({ endsAt: toIso(later(500)) })).statusCode).toBe(422);
  });
});

describe('silencing what safety hangs on', () => {
  it('takes a second person, who is another one, and on record', async () => {
    const { put, agree, second } = await office();
    await put();
    expect((await agree('reid')).json).toMatchObject({ code: 'same-person' });
    expect((await agree('ghost')).statusCode).toBe(422);
    expect(await second()).toBeNull();
    expect((await agree('okoye')).statusCode).toBe(200);
    expect(await second()).toEqual({ by: 'okoye', at: toIso(later(60)) });
    expect((await agree('okoye')).json).toMatchObject({ changed: false });
  });

  it('takes them again after a change, unless it only becomes shorter', async () => {
    const { put, agree, second } = await office();
    await put();
    await agree('okoye');
    await put({ endsAt: toIso(later(1_800)) });
    expect(await second()).toMatchObject({ by: 'okoye' });
    await put({ endsAt: toIso(later(3_600)) });
    expect(await second()).toBeNull();
  });

  it('needs nobody where nothing of the kind is held, and is too late after the end', async () => {
    const { put, agree, clock } = await office();
    await put({ withSafety: false });
    expect((await agree('okoye')).json).toMatchObject({ code: 'needs-nobody' });
    await put();
    clock.now = later(3_600);
    expect((await agree('okoye')).json).toMatchObject({ code: 'over-already' });
  });

  it('of a pause that is not on record is refused', async () => {
    const { agree } = await office();
    expect((await agree('okoye')).statusCode).toBe(404);
  });
});
