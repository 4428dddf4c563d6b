import { describe, expect, it } from 'vitest';
import { keptApi } from '#test/support/kept-api.ts';

const ROUTE = 'PUT /v1/wearers/{wearerId}/activations/{activationId}';
const path = { wearerId: 'w-1', activationId: 'a-1' };
const JO = { headEndId: 'phones', deviceSerial: 'jo/phone' };
const put = async (...devices: readonly (typeof JO)[]) => {
  const api = keptApi();
  await api.ask('PUT /v1/wearers/{wearerId}', { path, body: { name: 'John Carter' } });
  const answers: number[] = [];
  for (const device of devices) {
    const body = { ...device, startsAt: '2026-01-01T00:00:00Z' };
    answers.push((await api.ask(ROUTE, { path, body })).statusCode);
  }
  const rows = [...api.items].filter(([key]) => key.startsWith('demo#DEVICE#'));
  return { answers, rows: rows.map(([key]) => key) };
};

describe('an activation', () => {
  it('can be looked up by its device', async () => {
    const { rows } = await put(JO);
    expect(rows).toEqual(['demo#DEVICE#phones#jo/phone ACTIVATION#a-1']);
  });

  it.each([
    ['serial', { ...JO, deviceSerial: 'al/phone' }],
    ['head-end', { ...JO, headEndId: 'tags' }],
  ])('stays with its device: another %s is refused', async (_, other) => {
    const { answers, rows } = await put(JO, other);
    expect(answers).toEqual([201, 409]);
    expect(rows).toEqual(['demo#DEVICE#phones#jo/phone ACTIVATION#a-1']);
  });
});
