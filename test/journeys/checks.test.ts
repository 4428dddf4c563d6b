import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { check } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { asked } from './desk.ts';
import { closeOffice } from './messages.ts';
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
