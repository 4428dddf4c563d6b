import { expect, it } from 'vitest';
import { reading } from '#local/simulate/world/ask.ts';

const ALERT = { routeKey: 'GET /v1/alerts/{alertId}', path: { alertId: 'a' } };

it('says by whom and why, and gives what was answered', async () => {
  const answer = await reading(async (request) => ({
    statusCode: 200,
    body: JSON.stringify(request),
  }))(ALERT, 'officer');
  expect(answer).toMatchObject({
    queryStringParameters: { by: 'officer', reason: 'to see what to do' },
  });
});

it('is null where nothing came, or there is nothing', async () => {
  expect(await reading(async () => null)(ALERT, 'officer')).toBeNull();
  const none = { statusCode: 404, body: '{}' };
  expect(await reading(async () => none)(ALERT, 'officer')).toBeNull();
});

it('never goes unnoticed where it is asked wrongly', async () => {
  const refused = { statusCode: 422, body: 'say who reads this' };
  await expect(reading(async () => refused)(ALERT, 'officer')).rejects.toThrow('say who reads');
});
