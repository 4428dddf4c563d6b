import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const START = instant(Date.parse('2026-03-02T10:00:00Z'));
const CONCERNS = ['c-1', 'c-2', 'c-3', 'c-4', 'c-5'];
const W = '/v1/wearers/w-1';

let cloud: Cloud;
let office: ApiClient;

const alertsSchema = z.object({
  alerts: z.array(z.object({ alertId: z.string(), epoch: z.number(), kind: z.string() })),
});
const readingsSchema = z.object({
  readings: z.array(z.object({ asked: z.object({ route: z.string() }) })),
});
const alertsOf = async (status: string) =>
  alertsSchema.parse(await office.get(`/v1/alerts?status=${status}`)).alerts;
const read = (path: string) => office.get(asReader('o-1', `${W}${path}`));

beforeAll(async () => {
  ({ cloud, office } = await startStack(START));
  await superviseOne(cloud, office, { conditions: [] });
  for (const concernId of CONCERNS) {
    const concern = { personId: 'o-1', orderId: 'o-1', saying: 'sounded low' };
    await office.put(`${W}/concerns/${concernId}`, concern);
  }
  await cloud.settled();
});
afterAll(() => cloud?.stop());

/** Refers somebody, and asks what came of it in ten minutes. */
const referral = (alerts: readonly { alertId: string; epoch: number }[]) => ({
  ...{ kind: 'referral', orderId: 'o-1', by: 'o-1', reason: 'needs care', service: 'Crisis team' },
  followUpAt: toIso(secondsAfter(START, 600)),
  closes: alerts.map(({ alertId, epoch }) => ({ alertId, epoch })),
});

describe('given five open alerts, about which two decide at once', () => {
  it('one of them has decided about all five, and the other hears who', async () => {
    const open = await alertsOf('open');
    expect(open).toHaveLength(5);
    const path = `/v1/alerts/${open[0]?.alertId}`;
    await expect(office.get(path)).rejects.toThrow('say why this is read');
    await office.get(asReader('o-1', path));
    await office.get(asReader('o-1', `${path}/timeline`));
    const { readings } = readingsSchema.parse(
      await read(`/readings?from=${toIso(secondsAfter(START, -60))}`),
    );
    const routes = ['GET /v1/alerts/{alertId}', 'GET /v1/alerts/{alertId}/timeline'];
    expect(readings.map(({ asked }) => asked.route).toSorted()).toEqual(routes);
    const answers = await Promise.allSettled(
      ['d-1', 'd-2'].map((id) => office.put(`${W}/decisions/${id}`, referral(open))),
    );
    const refused = answers.filter((one) => one.status === 'rejected');
    expect(refused.map(({ reason }) => String(reason))).toEqual([
      expect.stringMatching(/409.*already-closed.*"by":"o-1".*"decisionId":"d-[12]"/),
    ]);
    expect(await alertsOf('open')).toEqual([]);
    expect(await read('/decisions')).toMatchObject({ decisions: [{ kind: 'referral' }] });
    expect(await read('/tasks')).toMatchObject({ tasks: [{ kind: 'referral-follow-up' }] });
  });

  it('what is left undone is raised within two minutes, and falls when it is done', async () => {
    for (let n = 0; n < 12; n += 1) await cloud.clock.advanceBy(60_000);
    await cloud.settled();
    expect(await alertsOf('open')).toMatchObject([{ kind: 'casework' }]);
    const { tasks } = z
      .object({ tasks: z.array(z.object({ taskId: z.string(), isOverdue: z.literal(true) })) })
      .parse(await read('/tasks'));
    await office.post(`${W}/tasks/${tasks[0]?.taskId}/end`, {
      ...{ personId: 'o-1', reason: 'they have met' },
    });
    await cloud.settled();
    expect(await alertsOf('open')).toEqual([]);
    expect(await read('/tasks')).toEqual({ tasks: [] });
  });

  it('a decision that is withdrawn has all five open again', async () => {
    const { decisions } = z
      .object({ decisions: z.array(z.object({ decisionId: z.string() })) })
      .parse(await read('/decisions'));
    await office.post(`${W}/decisions/${decisions[0]?.decisionId}/withdraw`, {
      ...{ personId: 'o-1', reason: 'the wrong service' },
    });
    await cloud.settled();
    expect((await alertsOf('open')).map(({ kind }) => kind)).toEqual(Array(5).fill('welfare'));
    expect(await read('/proposals')).toMatchObject({ proposals: [{ kind: 'referral' }] });
  });
});
