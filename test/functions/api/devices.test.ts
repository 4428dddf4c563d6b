import { describe, expect, it } from 'vitest';
import { keptApi } from '#test/support/kept-api.ts';

const ROUTE = 'PUT /v1/wearers/{wearerId}/activations/{activationId}';
const path = { wearerId: 'w-1', activationId: 'a-1' };
const put = async (...serials: readonly string[]) => {
  const api = keptApi();
  await api.ask('PUT /v1/wearers/{wearerId}', { path, body: { name: 'John Carter' } });
  for (const deviceSerial of serials) {
    const body = { headEndId: 'phones', deviceSerial, startsAt: '2026-01-01T00:00:00Z' };
    expect((await api.ask(ROUTE, { path, body })).json).toMatchObject({ changed: true });
  }
  const rows = [...api.items].filter(([key]) => key.startsWith('demo#DEVICE#'));
  return rows.map(([key, item]) => [key, JSON.parse(item.body?.S ?? '').deviceSerial]);
};

describe('an activation', () => {
  it('can be looked up by its device', async () => {
    expect(await put('jo/phone')).toEqual([
      ['demo#DEVICE#phones#jo/phone ACTIVATION#a-1', 'jo/phone'],
    ]);
  });

  it('that is given to another device says so where the old one is looked up', async () => {
    expect(await put('jo/phone', 'al/phone')).toEqual([
      ['demo#DEVICE#phones#jo/phone ACTIVATION#a-1', 'al/phone'],
      ['demo#DEVICE#phones#al/phone ACTIVATION#a-1', 'al/phone'],
    ]);
  });
});
