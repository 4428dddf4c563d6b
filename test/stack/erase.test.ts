import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import { DATA_CLASSES, USUAL_DAYS } from '#domain/retention/data-class.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const DAY = 86_400_000;
const START = instant(Date.parse('2026-03-02T08:00:00Z'));
const WHY = 'by=o-1&reason=test';
const ORDER = '/v1/wearers/w-1/orders/o-1';

let cloud: Cloud;
let office: ApiClient;

const dayAfter = (days: number): Instant => instant(START + days * DAY);

beforeAll(async () => {
  ({ cloud, office } = await startStack(START));
  const headEnd = await superviseOne(cloud, office, { conditions: [] });
  const fix = { kind: 'fix', activationId: 'a-1', lat: 51.5, lon: -0.1, accuracyMetres: 8 };
  await headEnd.post('/v1/events', [{ ...fix, recordedAt: toIso(START) }]);
  await cloud.settled();
  const days = Object.fromEntries(
    DATA_CLASSES.map((dataClass) => [dataClass, USUAL_DAYS[dataClass].leastDays]),
  );
  await office.put('/v1/retention-policy', { legalBasis: 'test', days });
  const { document } = z
    .object({ document: z.looseObject({}) })
    .parse(await office.get(`${ORDER}?${WHY}`));
  cloud.clock.jumpTo(dayAfter(1));
  await office.put(ORDER, { ...document, endsAt: toIso(dayAfter(1)) });
  await cloud.settled();
});
afterAll(() => cloud?.stop());

const reportSchema = z.object({
  ...{ looked: z.number(), erased: z.number(), failures: z.number(), left: z.number() },
  wearers: z.array(z.looseObject({ standing: z.array(z.string()) })),
});
const erase = async (asked: object = {}) =>
  reportSchema.parse(await cloud.invoke('EraseFunction', { wearerId: 'w-1', ...asked }));

const jumpTo = async (days: number): Promise<void> => {
  cloud.clock.jumpTo(dayAfter(days));
  await cloud.settled();
};

const trailSchema = z.object({ events: z.array(z.unknown()) });
const trail = async () => {
  const [from, to] = [toIso(instant(START - 60_000)), toIso(instant(START + 60_000))];
  const path = `/v1/wearers/w-1/trail?from=${from}&to=${to}&${WHY}`;
  return trailSchema.parse(await office.get(path)).events;
};

const record = async (): Promise<string> => {
  const authorization = `Bearer ${cloud.secret('AdministratorToken')}`;
  const url = `${cloud.apiUrl}/v1/wearers/w-1/record?${WHY}`;
  return (await fetch(url, { headers: { authorization } })).text();
};

describe('given a wearer whose order has ended, on real engines and under its own rights', () => {
  it('keeps everything while a hold stands, and until the days are over', async () => {
    await jumpTo(20);
    expect(await erase()).toMatchObject({ looked: 1, erased: 0, failures: 0 });
    await office.put('/v1/wearers/w-1/holds/h-1', { reason: 'a claim', by: 'o-1' });
    await jumpTo(40);
    const { wearers, erased } = await erase({ dryRun: true });
    expect(wearers).toEqual([expect.objectContaining({ standing: ['under-hold'] })]);
    expect(erased).toBe(0);
    expect(await trail()).toHaveLength(1);
  });

  it('erases the trail when both are over, wherever it lies, and says so on record', async () => {
    const released = { by: 'o-1', reason: 'settled' };
    await office.put('/v1/wearers/w-1/holds/h-1', { reason: 'a claim', by: 'o-1', released });
    expect(await erase()).toMatchObject({ looked: 1, failures: 0, left: 0 });
    expect(await trail()).toEqual([]);
    expect(await record()).toMatch(/"type":"erased"/);
    expect(cloud.functionLogs('EraseFunction').join('\n')).not.toContain('"level":"ERROR"');
  });
});
