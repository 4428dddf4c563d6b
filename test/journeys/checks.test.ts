import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { check } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { alertsOf, asked } from './desk.ts';
import { closeOffice, reply, toldNow } from './messages.ts';
import { CURFEW, NAME, OFFICER, openOffice, send } from './office.ts';

const WEARER_MOBILE = '+447700900009';
/** Half an hour after the office opens, and half an hour before a curfew that is lifted here. */
const ASKED_AT = secondsAfter(CURFEW, -1_800);
const later = (seconds: number): Instant => secondsAfter(ASKED_AT, seconds);

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const ORDER = {
  ...{ ...ORDER_BODY, ...NOTHING_STANDING },
  conditions: [
    {
      ...{ conditionId: 'checks', kind: 'check-in' },
      times: { kind: 'fixed', days: DAYS, times: ['18:30'] },
    },
  ],
};

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
  const wearer = { wearerId: 'w-1' };
  const body = { name: NAME, mobile: WEARER_MOBILE };
  await asked(office, 'PUT /v1/wearers/{wearerId}', { path: wearer, body });
  const path = { ...wearer, orderId: 'o-1' };
  await asked(office, 'PUT /v1/wearers/{wearerId}/orders/{orderId}', { path, body: ORDER });
  await office.advanceTo(later(-60));
});
afterEach(() => closeOffice(office));

const heard = (): readonly (readonly [to: string, text: string])[] =>
  office.takeSent().map(({ to, text }) => [to, text]);

describe('when a check is due', () => {
  it('the wearer is asked once, and nobody else hears of one that is passed', async () => {
    expect(heard()).toEqual([]);
    await office.advanceTo(later(30));
    expect(heard()).toEqual([
      [WEARER_MOBILE, 'Your check-in is due. Please answer it now. Latest: Mon 2 Mar 18:45 GMT.'],
    ]);
    await send(office, check(later(60), 'present', 'phone'));
    await office.advanceTo(later(7_200));
  });

  it('the officer is paged when nobody has answered it by its end', async () => {
    await office.advanceTo(later(1_790));
    expect(heard().map(([to]) => to)).toEqual([WEARER_MOBILE]);
    await office.advanceTo(later(1_830));
    const [page, ...others] = heard();
    expect(others).toEqual([]);
    expect(page?.[0]).toBe(OFFICER);
    expect(page?.[1]).toContain('let a check expire unanswered');
  });

  it('nobody is asked after an outage that outlasted it, and the list says why', async () => {
    Object.assign(office.settings, { delays: true, schedules: true });
    office.settings.sweeps = false;
    await office.advanceTo(later(1_200));
    office.settings.sweeps = true;
    await office.advanceTo(later(1_300));
    expect(heard()).toEqual([]);
    const route = 'GET /v1/wearers/{wearerId}/nudges';
    const { nudges } = await asked(office, route, { path: { wearerId: 'w-1' } });
    expect(nudges).toMatchObject([{ status: 'suppressed', outcome: { reason: 'too-late' } }]);
  });
});

describe('when a wearer who has to answer checks texts STOP', () => {
  const textIn = async (text: string, id: string): Promise<void> => {
    await reply(office, { from: WEARER_MOBILE, text, id });
    await office.advanceTo(Date.now() + 1_000);
  };
  const tasks = async () =>
    (await asked(office, 'GET /v1/wearers/{wearerId}/tasks', { path: { wearerId: 'w-1' } })).tasks;
  const DAY = 86_400;

  it('the officer hears at once that no text asks any more, and has to see to it', async () => {
    await textIn('STOP', 'm-1');
    await textIn('STOP', 'm-1');
    await textIn('STOP', 'm-2');
    const [[to, text] = [], ...others] = heard();
    expect(others).toEqual([]);
    expect(to).toBe(OFFICER);
    expect(text).toMatch(/^w-1 has texted STOP.*asked for their checks/);
    // Told on a Monday; Tuesday ends on Wednesday at midnight.
    expect(await tasks()).toMatchObject([
      { kind: 'checks-unasked', dueAt: '2026-03-04T00:00:00.000Z', isOverdue: false },
    ]);
  });

  it('nothing else is turned off: a check that expires is told as ever', async () => {
    await textIn('STOP', 'm-1');
    expect(toldNow(office)).toEqual([OFFICER]);
    await office.advanceTo(later(1_830));
    const [[to, text] = [], ...others] = heard();
    expect(others).toEqual([]);
    expect(to).toBe(OFFICER);
    expect(text).toContain('let a check expire unanswered');
    const proposed = async () =>
      (await asked(office, 'GET /v1/wearers/{wearerId}/proposals', { path: { wearerId: 'w-1' } }))
        .proposals;
    const words = 'let a check expire unanswered in 14 days, one while texts to them were off';
    expect(await proposed()).toMatchObject([{ grounds: [{ words }] }]);
    await textIn('START', 'm-2');
    expect(await proposed()).toMatchObject([{ grounds: [{ words }] }]);
  });

  it('START ends what is to be seen to, and the next check is asked for again', async () => {
    await textIn('STOP', 'm-1');
    await textIn('START', 'm-2');
    expect(toldNow(office)).toEqual([OFFICER]);
    expect(await tasks()).toEqual([]);
    await office.advanceTo(later(30));
    expect(toldNow(office)).toEqual([WEARER_MOBILE]);
    await send(office, check(later(60), 'present', 'phone'));
    await textIn('STOP', 'm-3');
    expect(toldNow(office)).toEqual([OFFICER]);
    expect(await tasks()).toMatchObject([{ kind: 'checks-unasked' }]);
  });

  it('another way that was agreed stands; where none is, that is a quiet alert', async () => {
    await send(office, check(later(60), 'present', 'phone'));
    await textIn('STOP', 'm-1');
    const { warnings } = await asked(office, 'PUT /v1/wearers/{wearerId}/orders/{orderId}', {
      path: { wearerId: 'w-1', orderId: 'o-1' },
      body: ORDER,
    });
    expect(warnings).toMatchObject([{ code: 'texts-stopped', path: 'conditions.0' }]);
    const [{ taskId }] = await tasks();
    await asked(office, 'POST /v1/wearers/{wearerId}/tasks/{taskId}/end', {
      path: { wearerId: 'w-1', taskId },
      body: { personId: 'officer', reason: 'is called each evening' },
    });
    await textIn('STOP', 'm-2');
    expect(await tasks()).toEqual([]);
    await textIn('START', 'm-3');
    await textIn('STOP', 'm-4');
    expect(toldNow(office)).toEqual([OFFICER, OFFICER]);
    for (const day of [0, 1]) {
      await office.advanceTo(later(day * DAY + 10));
      await send(office, check(later(day * DAY + 60), 'present', 'phone'));
    }
    await office.advanceTo(later(DAY + 5.6 * 3_600));
    expect(await alertsOf(office, 'open')).toMatchObject([{ track: 'review' }]);
    expect(toldNow(office)).toEqual([OFFICER]);
  });
});
