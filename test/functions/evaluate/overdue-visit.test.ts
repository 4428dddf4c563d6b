import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { DOCUMENTS } from '#test/functions/api/documents.ts';
import { fix } from '#test/support/events.ts';
import { HOME, WEARER } from '#test/support/supervisions.ts';
import { toldWorld } from '#test/support/told-world.ts';
import { minute, near } from '#test/support/walks.ts';

const VISIT = '/v1/wearers/{wearerId}/visits/{visitId}';

/** Somebody at home, whom the officer is to see between the first minute and the thirtieth. */
const planned = async () => {
  const world = toldWorld(minute(-10));
  const { tell, put, violations } = world;
  for (const { route, path, body } of DOCUMENTS) {
    await put(`PUT ${route}`, path, 'earlySigns' in body ? { ...body, earlySigns: {} } : body);
  }
  const path = { wearerId: 'w-1', visitId: 'v-1' };
  const plan = (until: number) => {
    const body = { personId: 'officer', from: toIso(minute(0)), until: toIso(minute(until)) };
    return put(`PUT ${VISIT}`, path, body);
  };
  const record = (visitedAt: number) => {
    const body = { personId: 'officer', visitedAt: toIso(minute(visitedAt)), result: 'present' };
    return put(`POST ${VISIT}/outcome`, path, body);
  };
  /** Fixes go on, and whoever is due is woken. */
  const liveTo = async (to: number) => {
    const from = Math.round((world.clock.now - minute(0)) / 60_000) + 5;
    for (let n = Math.max(0, from); n <= to; n += 5) {
      world.clock.now = minute(n);
      await tell(world.heard([fix(minute(n), near(HOME, n))], minute(n)));
      const [{ nextDueAt } = {}] = world.itemsOf(world.tables.state);
      const dueAt = Number(nextDueAt?.N ?? Number.NaN);
      if (dueAt <= world.clock.now) await tell({ kind: 'tick', ...WEARER, dueAt });
    }
  };
  const told = () => violations('w-1.early-signs');
  await plan(30);
  return { world, plan, record, liveTo, told };
};

describe('given a home visit that was planned', () => {
  it('reminds the officer of it an hour after it should have been made, and once', async () => {
    const { liveTo, told } = await planned();
    await liveTo(85);
    expect(told()).toEqual([]);
    await liveTo(300);
    expect(told()).toMatchObject([{ reason: 'visit-overdue', status: 'open' }]);
    expect(told()[0].openedAt).toBe(minute(90));
  });

  it('is over when its outcome is put on record', async () => {
    const { liveTo, record, told } = await planned();
    await liveTo(120);
    await record(25);
    expect(told()).toMatchObject([
      { status: 'ended', endReason: 'back-in-order', endedAt: minute(120) },
    ]);
    await liveTo(300);
    expect(told()).toHaveLength(1);
  });

  it('reminds nobody of a visit whose outcome came in time', async () => {
    const { liveTo, record, told } = await planned();
    await liveTo(20);
    await record(20);
    await liveTo(300);
    expect(told()).toEqual([]);
  });

  it('reminds nobody of a visit that was put off', async () => {
    const { liveTo, plan, told } = await planned();
    await liveTo(60);
    await plan(2_000);
    await liveTo(300);
    expect(told()).toEqual([]);
  });
});
