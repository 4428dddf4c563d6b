import { describe, expect, it } from 'vitest';
import { activationIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { later } from '#test/support/alerts.ts';
import { keptApi } from '#test/support/kept-api.ts';

const NOW = later(60);
const ROUTE = 'GET /v1/device-batches';
const worn = {
  ...{ deviceBatch: 'strap-7', startsAt: secondsAfter(NOW, -10 * 86_400), endsAt: null },
  activationId: activationIdSchema.parse('a-1'),
  wearerId: wearerIdSchema.parse('w-1'),
};
const api = () =>
  keptApi({
    now: NOW,
    deps: {
      loadDeviceBatches: async () => ({
        worn: [worn],
        tampers: [{ wearerId: worn.wearerId, openedAt: secondsAfter(NOW, -3_600) }],
      }),
    },
  });

describe('the batches of devices', () => {
  it('are told with their rate of tamper days', async () => {
    const { json } = await api().ask(ROUTE);
    expect(json.batches).toMatchObject([
      { deviceBatch: 'strap-7', deviceDays: 10, tamperDays: 1, per1000DeviceDays: 100 },
    ]);
  });

  it('are looked at over no more than a year', async () => {
    const response = await api().ask(ROUTE, { query: { days: '400' } });
    expect(response).toMatchObject({ statusCode: 422 });
    expect((await api().ask(ROUTE, { query: { days: '5' } })).json.batches).toMatchObject([
      { deviceDays: 5 },
    ]);
  });
});
