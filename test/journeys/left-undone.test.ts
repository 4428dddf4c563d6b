import { afterEach, describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { at } from '#test/support/supervisions.ts';
import { alertsOf, asked, closeAlert } from './desk.ts';
import { closeOffice, pagedOfficer, press, toldNow } from './messages.ts';
import { minute, NAME, OFFICER, ON_CALL, openOffice, stayOut } from './office.ts';

let office: Pipeline;
afterEach(() => closeOffice(office));

const DAY = 86_400;
/** The alert opened on a Monday evening. */
const TUESDAY_ENDS = at('2026-03-04T00:00:00Z');

/** Whoever has it in hand has it for a week; action is due within one working day. */
const open = async (): Promise<void> => {
  office = await openOffice({ policy: { acknowledgementSeconds: 7 * DAY } });
  await asked(office, 'PUT /v1/holidays/{holidaysId}', {
    path: { holidaysId: 'none-here' },
    body: { name: 'A Sunday', days: [{ date: '2026-03-08', name: 'Sunday' }] },
  });
  await asked(office, 'PUT /v1/threshold-policies/{thresholdPolicyId}', {
    path: { thresholdPolicyId: 'agency' },
    body: {
      ...{ legalBasis: 'the agency', thresholds: {} },
      casework: {
        ...{ holidaysId: 'none-here', clocks: { actionWorkingDays: 1, reportWorkingDays: 1 } },
      },
    },
  });
  const { document } = await asked(office, 'GET /v1/wearers/{wearerId}/orders/{orderId}', {
    path: { wearerId: 'w-1', orderId: 'o-1' },
  });
  await asked(office, 'PUT /v1/wearers/{wearerId}/orders/{orderId}', {
    path: { wearerId: 'w-1', orderId: 'o-1' },
    body: { ...document, thresholdPolicyId: 'agency' },
  });
};

const tasks = async (which = 'open') =>
  (
    await asked(office, 'GET /v1/wearers/{wearerId}/tasks', {
      ...{ path: { wearerId: 'w-1' }, query: { which } },
    })
  ).tasks;

const casework = async (status: string) =>
  (await alertsOf(office, status)).filter(({ kind }: { kind: string }) => kind === 'casework');

describe('a violation that somebody has in hand, and about which nobody does anything', () => {
  it('is told quietly to the officer, daily, from the end of its time on', async () => {
    await open();
    const { text } = await pagedOfficer(office);
    await press(office, text);
    expect(await tasks()).toMatchObject([
      { kind: 'action-on-violation', dueAt: '2026-03-04T00:00:00.000Z', isOverdue: false },
    ]);
    await office.advanceTo(TUESDAY_ENDS);
    expect(office.takeSent()).toEqual([]);
    await office.advanceTo(secondsAfter(TUESDAY_ENDS, 120));
    const [told, ...others] = office.takeSent();
    expect([told?.to, others]).toEqual([OFFICER, []]);
    expect(told?.text).toContain('no action on a violation in its time');
    expect(told?.text).toContain(NAME);
    expect(await casework('open')).toMatchObject([{ track: 'review', severity: 'moderate' }]);
    await office.advanceTo(secondsAfter(TUESDAY_ENDS, DAY + 120));
    expect(toldNow(office)).toEqual([OFFICER]);

    const [alert] = await alertsOf(office, 'acknowledged');
    await closeAlert(office, alert, 'first-warning');
    expect(await tasks()).toEqual([]);
    const [{ alertId }] = await casework('closed');
    const ended = await asked(office, 'GET /v1/alerts/{alertId}', { path: { alertId } });
    expect(ended.alert).toMatchObject({
      closed: { by: null, disposition: 'no-action-explained', reason: 'task-ended' },
    });
    await office.advanceTo(secondsAfter(TUESDAY_ENDS, 2 * DAY + 300));
    expect(toldNow(office)).toEqual([]);
  });

  it('is told to nobody when it is closed in time', async () => {
    await open();
    const { text } = await pagedOfficer(office);
    await press(office, text);
    const [alert] = await alertsOf(office, 'acknowledged');
    await closeAlert(office, alert, 'no-action-explained');
    expect(await tasks('all')).toMatchObject([
      { kind: 'action-on-violation', ended: { by: 'officer', why: 'no-action-explained' } },
    ]);
    await office.advanceTo(secondsAfter(TUESDAY_ENDS, 300));
    expect(toldNow(office)).toEqual([]);
  });
});

describe('a violation that others have in hand, of whom the officer never heard', () => {
  const openUntold = async (): Promise<void> => {
    await open();
    await asked(office, 'PUT /v1/policies/{policyId}', {
      path: { policyId: 'usual' },
      body: {
        name: 'On call alone',
        steps: [{ delaySeconds: 0, targets: [{ kind: 'rota', rotaId: 'duty' }] }],
        lastResort: { personIds: ['manager'], everySeconds: 900 },
      },
    });
  };

  it('is to be reported to the officer, who hears of it quietly when nobody has', async () => {
    await openUntold();
    await stayOut(office);
    const [page] = office.takeSent();
    expect(page?.to).toBe(ON_CALL);
    await press(office, page?.text ?? '');
    const [alert] = await alertsOf(office, 'acknowledged');
    const body = { personId: 'on-call', epoch: alert.epoch, disposition: 'no-action-explained' };
    await asked(office, 'POST /v1/alerts/{alertId}/close', {
      ...{ path: { alertId: alert.alertId }, body: { ...body, reason: 'was at the hospital' } },
    });
    expect(await tasks()).toMatchObject([{ kind: 'em-report', about: alert.alertId }]);
    await office.advanceTo(secondsAfter(TUESDAY_ENDS, 120));
    const [told, ...others] = office.takeSent();
    expect([told?.to, others]).toEqual([OFFICER, []]);
    expect(told?.text).toContain('officer not told of a violation in time');
    const [{ taskId }] = await tasks();
    const end = { personId: 'officer', reason: 'read it' };
    const path = { wearerId: 'w-1', taskId };
    const ended = await asked(office, 'POST /v1/wearers/{wearerId}/tasks/{taskId}/end', {
      ...{ path, body: end },
    });
    expect(ended).toMatchObject({ changed: true, task: { ended: { by: 'officer' } } });
    expect(await casework('open')).toEqual([]);
    await office.advanceTo(minute(60 * 60));
    expect(toldNow(office)).toEqual([]);
  });
});
