import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { alertsOf, asked } from './desk.ts';
import { closeOffice, pagedOfficer, press } from './messages.ts';
import { minute, ON_CALL, openOffice } from './office.ts';

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => closeOffice(office));

/** Somebody stays out; the officer is paged, on-call five minutes later, who takes it. */
const goneBy = async (): Promise<string> => {
  const page = await pagedOfficer(office);
  await office.advanceTo(minute(12));
  const [second, ...others] = office.takeSent();
  expect([second?.to, ...others]).toEqual([ON_CALL]);
  await press(office, second?.text ?? '');
  await press(office, page.text);
  await office.advanceTo(minute(20));
  const [{ alertId }] = await alertsOf(office, 'acknowledged');
  return alertId;
};

describe('after an evening on which somebody was out', () => {
  it('the timeline tells who was paged, what became of it, and who came too late', async () => {
    const path = { alertId: await goneBy() };
    const { entries } = await asked(office, 'GET /v1/alerts/{alertId}/timeline', { path });
    const told = Array.from(entries, Object).map(({ what, to, by, reason }) =>
      [what, to ?? by, reason].filter(Boolean).join(' '),
    );
    expect(told).toEqual([
      'alert-opened',
      'step-run',
      'page sms.officer',
      'page-sent sms.officer',
      'step-run',
      'page sms.on-call',
      'page-sent sms.on-call',
      'alert-acknowledged on-call',
      'command-refused officer already-acknowledged',
    ]);
  });

  it('the manager reads why nobody called them', async () => {
    const alertId = await goneBy();
    const query = { from: toIso(minute(-60)) };
    const path = { personId: 'manager' };
    const { pages, notPaged } = await asked(office, 'GET /v1/people/{personId}/pages', {
      ...{ path, query },
    });
    expect(pages).toEqual([]);
    expect(notPaged).toMatchObject([
      { alertId, reasons: [{ why: 'acknowledged-before', id: 'on-call' }] },
    ]);
  });

  it('the office reads how long it took, and what is left', async () => {
    const alertId = await goneBy();
    const query = { from: toIso(minute(-60)), by: 'officer' };
    const { all, groups, wearerDays } = await asked(office, 'GET /v1/response', { query });
    expect(all).toMatchObject({
      ...{ alerts: 1, falseAlerts: 0 },
      detectToPage: { count: 1, worstAlertId: alertId },
      pageToAcknowledge: { count: 1 },
      acknowledgeToClose: { count: 0, waiting: 1 },
    });
    expect(all.detectToPage.worstSeconds).toBeLessThan(10);
    expect(groups).toMatchObject([{ group: 'officer' }]);
    expect(wearerDays).toBeCloseTo(80 / 1_440, 2);
    const { alerts } = await asked(office, 'GET /v1/ageing');
    expect(alerts).toMatchObject([{ alertId, holders: [{ by: 'on-call' }] }]);
  });
});
