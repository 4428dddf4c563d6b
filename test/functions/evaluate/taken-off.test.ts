import { expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { DOCUMENTS } from '#test/functions/api/documents.ts';
import { SCHOOL } from '#test/support/supervisions.ts';
import { toldWorld } from '#test/support/told-world.ts';
import { BETWEEN, minute, walk } from '#test/support/walks.ts';

const ACTIVATION = 'PUT /v1/wearers/{wearerId}/activations/{activationId}';
const DAY = walk([5, BETWEEN], [12, SCHOOL], [10, BETWEEN]);

/** Everything comes on record at once, some hours after a day in a zone, and then the events. */
const heardOf = async (since: Readonly<{ order: number; device: number }>) => {
  const world = toldWorld(minute(600));
  const { tell, put, violations } = world;
  const device = { headEndId: 'head-end', deviceSerial: 'T-1' };
  const putDevice = (endsAt: number | null) => {
    const startsAt = toIso(minute(since.device));
    const ends = { startsAt, endsAt: endsAt === null ? null : toIso(minute(endsAt)) };
    return put(ACTIVATION, { wearerId: 'w-1', activationId: 'a-1' }, { ...device, ...ends });
  };
  for (const { route, path, body } of DOCUMENTS) {
    const inForceAt = toIso(minute(since.order));
    if (route.endsWith('/activations/{activationId}')) await putDevice(null);
    else await put(`PUT ${route}`, path, 'conditions' in body ? { ...body, inForceAt } : body);
  }
  world.clock.now = minute(630);
  await tell(world.heard(DAY, minute(630)));
  const found = () => violations().filter(({ reason }) => reason === 'inside-zone');
  return { putDevice, found };
};

it.each([
  ['put on before the order was in force', { order: -2_000, device: -3_000 }],
  ['put on while the order was in force', { order: -2_000, device: -1_500 }],
])('given a device %s, a violation ends when the device comes off', async (_, since) => {
  const { putDevice, found } = await heardOf(since);
  expect(found()).toMatchObject([{ endedAt: minute(17), endReason: 'back-in-order' }]);
  await putDevice(11);
  expect(found()).toMatchObject([{ endedAt: minute(11), endReason: 'monitoring-ended' }]);
});
