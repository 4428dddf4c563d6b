import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant, secondsAfter } from '#domain/model/instant.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { alertsOf, asked, closeAlert } from './desk.ts';
import { closeOffice, codeIn, pagedOfficer, press, reply, toldNow } from './messages.ts';
import { minute, ON_CALL, openOffice } from './office.ts';

const HELD_SECONDS = 3_600;

let office: Pipeline;
/** The page of the second step, five minutes after the first. */
let text = '';
beforeEach(async () => {
  office = await openOffice({ policy: { acknowledgementSeconds: HELD_SECONDS } });
  const { at } = await pagedOfficer(office);
  await office.advanceTo(secondsAfter(at, 310));
  const [page, ...others] = office.takeSent();
  expect([page?.to, ...others]).toEqual([ON_CALL]);
  text = page?.text ?? '';
});
afterEach(() => closeOffice(office));

const byLink = async (): Promise<void> => {
  expect((await press(office, text)).statusCode).toBe(303);
};

const byText = async (): Promise<void> => {
  await reply(office, { from: ON_CALL, text: codeIn(text) });
  expect(office.takeSent()).toMatchObject([
    { to: ON_CALL, text: expect.stringMatching(/^You have it: w-1/) },
  ]);
};

const byApi = async (): Promise<void> => {
  const [{ alertId }] = await alertsOf(office, 'open');
  const body = { personId: 'on-call' };
  await asked(office, 'POST /v1/alerts/{alertId}/acknowledge', { path: { alertId }, body });
};

describe.each([
  ['by the link of the page', byLink],
  ['by a text with its code', byText],
  ['by the API', byApi],
])('an alert that is taken %s', (_, take) => {
  it('is told to nobody any more, and comes back at the same step when it is let lie', async () => {
    await take();
    const takenAt = instant(Date.now());
    await office.advanceTo(secondsAfter(takenAt, HELD_SECONDS - 1));
    expect(toldNow(office)).toEqual([]);
    await office.advanceTo(secondsAfter(takenAt, HELD_SECONDS + 90));
    expect(toldNow(office)).toEqual([ON_CALL]);
  });

  it('never comes back once it has been closed', async () => {
    await take();
    const [alert] = await alertsOf(office, 'acknowledged');
    await closeAlert(office, alert, 'first-warning');
    await office.advanceTo(minute(180));
    expect(toldNow(office)).toEqual([]);
  });
});
