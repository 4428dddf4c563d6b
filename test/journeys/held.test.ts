import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { status } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { alertsOf, asked, closeAlert } from './desk.ts';
import { closeOffice, pagedOfficer, press, toldNow, toldWhen } from './messages.ts';
import { MANAGER, minute, OFFICER, ON_CALL, openOffice, send, stayOut } from './office.ts';

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice({ order: { deviceCare: {}, policeForce: null } });
});
afterEach(() => closeOffice(office));

/** The open alert whose id says what it is of, as a reader of the list sees it. */
const listed = async (what: string) => {
  return Array.from(await alertsOf(office, 'open'), Object).find(({ alertId }) =>
    alertId.includes(what),
  );
};

/** What happened to an alert, in order, each with why. */
const timelineOf = async ({ alertId }: Readonly<{ alertId: string }>) => {
  const { entries } = await asked(office, 'GET /v1/alerts/{alertId}/timeline', {
    path: { alertId },
  });
  return Array.from(entries, Object).map(({ what, reason }) => [what, reason ?? null]);
};

/** What the device says of itself at some minute. */
const device = async (n: number, says: object): Promise<void> => {
  await office.advanceTo(minute(n));
  await send(office, status(minute(n), { ...says }));
};

/** Somebody opens their strap twenty minutes before their curfew: safety hangs on it. */
const openStrap = async (): Promise<void> => {
  await device(-30, { strap: 'closed' });
  await device(-20, { strap: 'open' });
};

describe('in a pause, for maintenance', () => {
  const pause = (endsAt: number, more: object = {}) =>
    asked(office, 'PUT /v1/pauses/{pauseId}', {
      path: { pauseId: 'p-1' },
      body: {
        ...{ scope: { kind: 'agency' }, by: 'manager', reason: 'the head-end is replaced' },
        ...{ startsAt: toIso(minute(-60)), endsAt: toIso(minute(endsAt)), ...more },
      },
    });

  it('an alert is listed with the reason, and told when the pause ends', async () => {
    await pause(30);
    await stayOut(office);
    await office.advanceTo(minute(29));
    expect(toldNow(office)).toEqual([]);
    expect(await listed('home')).toMatchObject({
      held: { why: 'paused', pauseId: 'p-1', untilAt: toIso(minute(30)) },
    });
    await office.advanceTo(minute(36));
    expect(toldWhen(office)).toEqual([
      [OFFICER, 30],
      [ON_CALL, 35],
    ]);
    const told = await timelineOf(await listed('home'));
    expect(told.slice(0, 5)).toEqual([
      ['alert-opened', 'paused'],
      ['hold-kept', 'paused'],
      ['hold-ended', 'after-cause'],
      ['step-run', null],
      ['page', null],
    ]);
  });

  it('an alert that somebody takes from the list is told to nobody', async () => {
    await pause(30);
    await stayOut(office);
    const { alertId } = await listed('home');
    const body = { personId: 'on-call' };
    await asked(office, 'POST /v1/alerts/{alertId}/acknowledge', { path: { alertId }, body });
    await office.advanceTo(minute(45));
    expect(toldNow(office)).toEqual([]);
  });

  it('what safety hangs on is told at once, until a second person has agreed', async () => {
    await pause(30, { withSafety: true });
    await openStrap();
    expect(toldWhen(office)).toEqual([[OFFICER, -20]]);
    const { alertId } = await listed('tamper');
    const body = { personId: 'officer' };
    await asked(office, 'POST /v1/alerts/{alertId}/acknowledge', { path: { alertId }, body });

    const second = { path: { pauseId: 'p-1' }, body };
    await asked(office, 'POST /v1/pauses/{pauseId}/second', second);
    await device(-15, { case: 'closed' });
    await device(-10, { case: 'open' });
    await office.advanceTo(minute(29));
    expect(toldNow(office)).toEqual([]);
    await office.advanceTo(minute(31));
    expect(toldWhen(office)).toEqual([[OFFICER, 30]]);
  });
});

describe('under another alert of the same wearer that is being told', () => {
  beforeEach(async () => {
    await pagedOfficer(office);
    await device(8, { batteryPercent: 5, charging: false });
  });

  it('a milder one is listed, counted, and told for itself in a quarter of an hour', async () => {
    expect(toldNow(office)).toEqual([]);
    expect(await listed('battery')).toMatchObject({ held: { why: 'grouped' } });
    await office.advanceTo(minute(22));
    const counting = office.takeSent();
    expect(counting.map(({ to }) => to)).toEqual([ON_CALL, MANAGER]);
    for (const { text } of counting) expect(text).toContain('1 more of this wearer');
    await office.advanceTo(minute(24));
    const [page, ...others] = office.takeSent();
    expect([page?.to, ...others]).toEqual([OFFICER]);
    expect(page?.text).toContain('battery about to be empty');
  });

  it('is taken in hand with the other by somebody who has been told of both', async () => {
    await office.advanceTo(minute(11));
    const [page] = office.takeSent();
    await press(office, page?.text ?? '');
    await office.advanceTo(minute(60));
    expect(toldNow(office)).toEqual([]);
    expect(await alertsOf(office, 'acknowledged')).toHaveLength(2);
  });
});

describe('behind a tamper that explains it', () => {
  it('a device that is shielded is listed, and told when the tamper has been closed', async () => {
    await openStrap();
    const [page] = office.takeSent();
    await press(office, page?.text ?? '');
    for (let n = -19; n < -5; n += 1) await device(n, { reception: 'shielded' });
    expect(toldNow(office)).toEqual([]);
    expect(await listed('location')).toMatchObject({ held: { why: 'inhibited' } });

    const [alert] = await alertsOf(office, 'acknowledged');
    await closeAlert(office, alert, 'no-action-equipment');
    await office.advanceTo(minute(0));
    const [told, ...others] = office.takeSent();
    expect([told?.to, ...others]).toEqual([OFFICER]);
    expect(told?.text).toContain('device jammed or shielded');
  });
});

describe('a text message more than its recipient is sent in a quarter of an hour', () => {
  const again = { delaySeconds: 60, targets: [{ kind: 'responsible-officer' }] };
  const steps = [{ ...again, delaySeconds: 0 }, ...Array.from({ length: 9 }, () => again)];

  it('is put off with the reason, and the last of those that wait goes out after it', async () => {
    office.stop();
    office = await openOffice({
      order: { policeForce: null },
      policy: { steps, lastResort: { personIds: ['manager'], everySeconds: 7_200 } },
    });
    await stayOut(office);
    await office.advanceTo(minute(19));
    expect(toldWhen(office)).toEqual([5, 6, 7, 8, 9].map((n) => [OFFICER, n]));
    const waiting = (await timelineOf(await listed('home'))).slice(-5);
    expect(waiting).toEqual(waiting.map(() => ['page-pending', 'throttled']));
    await office.advanceTo(minute(40));
    expect(toldWhen(office)).toEqual([[OFFICER, 21]]);
    const ends = (await timelineOf(await listed('home'))).map(([what]) => what);
    expect(ends).not.toContain('page-pending');
    expect(ends.filter((what) => what === 'page-suppressed')).toHaveLength(4);
  });
});
