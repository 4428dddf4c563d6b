import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { DOCUMENTS } from '#test/functions/api/documents.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { toldWorld } from '#test/support/told-world.ts';
import { minute } from '#test/support/walks.ts';

const DAY_MINUTES = 1_440;
const ACTIVATION = 'PUT /v1/wearers/{wearerId}/activations/{activationId}';

/** Somebody under an order since long ago, whose device comes on record after it was put on. */
const registeredLate = async () => {
  const world = toldWorld(minute(-7 * DAY_MINUTES));
  const { tell, put, violations } = world;
  for (const { route, path, body } of DOCUMENTS) {
    if (!route.includes('activations')) {
      await put(`PUT ${route}`, path, 'deviceCare' in body ? { ...body, deviceCare: {} } : body);
    }
  }
  world.clock.now = minute(0);
  const activation = { headEndId: 'head-end', deviceSerial: 'T-1' };
  const putOn = (more: object) =>
    put(ACTIVATION, { wearerId: 'w-1', activationId: 'a-1' }, { ...activation, ...more });
  await putOn({ startsAt: toIso(minute(-3 * DAY_MINUTES)) });
  const found = () => violations('w-1.device-care.fitted.data');
  const wake = async (at: number) => {
    world.clock.now = minute(at);
    await tell({ kind: 'tick', ...WEARER, dueAt: minute(at) });
  };
  return { world, putOn, found, wake };
};

describe('given a device that was put on days before it came on record', () => {
  it('is waited for since then: nothing of it could be taken before', async () => {
    const { found, wake } = await registeredLate();
    expect(found()).toEqual([]);
    await wake(60);
    expect(found()).toMatchObject([{ status: 'open', openedAt: minute(0) }]);
  });

  it('is waited for no longer because it is put once more, to say when it comes off', async () => {
    const { world, putOn, found, wake } = await registeredLate();
    await wake(60);
    world.clock.now = minute(90);
    const ends = { startsAt: toIso(minute(-3 * DAY_MINUTES)), endsAt: toIso(minute(600)) };
    await putOn(ends);
    expect(found()).toMatchObject([{ status: 'open', openedAt: minute(0) }]);
  });
});
