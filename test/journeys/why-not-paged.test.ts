import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';
import { AWAY, CURFEW, live, openOffice } from './office.ts';

const minute = (n: number): Instant => secondsAfter(CURFEW, 60 * n);

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.stop());

const asked = async (routeKey: string, path = {}, more: object = {}) => {
  const response = await office.ask(routeKey, { who: ADMINISTRATOR, path, ...more });
  return Object(JSON.parse(response.body));
};

/** Somebody stays out; the officer is paged, on-call five minutes later, who takes it. */
const goneBy = async (): Promise<string> => {
  await live(office, [minute(-10), minute(8)], (at) => fix(at, AWAY));
  await office.advanceTo(minute(12));
  const { alerts } = await asked('GET /v1/alerts');
  const { alertId } = alerts[0];
  const body = { personId: 'on-call' };
  await asked('POST /v1/alerts/{alertId}/acknowledge', { alertId }, { body });
  await asked(
    'POST /v1/alerts/{alertId}/acknowledge',
    { alertId },
    { body: { personId: 'officer' } },
  );
  await office.advanceTo(minute(20));
  return alertId;
};

describe('after an evening on which somebody was out', () => {
  it('the timeline tells who was paged, what became of it, and who came too late', async () => {
    const { entries } = await asked('GET /v1/alerts/{alertId}/timeline', {
      ...{ alertId: await goneBy() },
    });
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
    const { pages, notPaged } = await asked(
      'GET /v1/people/{personId}/pages',
      { personId: 'manager' },
      { query },
    );
    expect(pages).toEqual([]);
    expect(notPaged).toMatchObject([
      { alertId, reasons: [{ why: 'acknowledged-before', id: 'on-call' }] },
    ]);
  });

  it('the office reads how long it took, and what is left', async () => {
    const alertId = await goneBy();
    const query = { from: toIso(minute(-60)), by: 'officer' };
    const { all, groups, wearerDays } = await asked('GET /v1/response', {}, { query });
    expect(all).toMatchObject({
      ...{ alerts: 1, falseAlerts: 0 },
      detectToPage: { count: 1, worstAlertId: alertId },
      pageToAcknowledge: { count: 1 },
      acknowledgeToClose: { count: 0, waiting: 1 },
    });
    expect(all.detectToPage.worstSeconds).toBeLessThan(10);
    expect(groups).toMatchObject([{ group: 'officer' }]);
    expect(wearerDays).toBeCloseTo(80 / 1_440, 2);
    const { alerts } = await asked('GET /v1/ageing');
    expect(alerts).toMatchObject([{ alertId, holders: [{ by: 'on-call' }] }]);
  });
});
