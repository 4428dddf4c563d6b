import { describe, expect, it } from 'vitest';
import { wearerIdSchema } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { NO_STATE } from '#functions/adapters/dynamodb/wearer-states.ts';
import { later, T } from '#test/support/alerts.ts';
import { keptApi } from '#test/support/kept-api.ts';

const LIST = 'GET /v1/parked-wearers';
const UNPARK = 'POST /v1/wearers/{wearerId}/unpark';
const parked = (agencyId: string, wearerId: string) => ({
  agencyId,
  wearerId: wearerIdSchema.parse(wearerId),
  parkedAt: T,
});

describe('the list of parked wearers', () => {
  it('names those of the agency that asks, and since when', async () => {
    const loadParked = async () => [parked('demo', 'w-1'), parked('another', 'w-2')];
    const { status, json } = await keptApi({ deps: { loadParked } })
      .ask(LIST)
      .then(({ statusCode, json: body }) => ({ status: statusCode, json: body }));
    expect(status).toBe(200);
    expect(json).toEqual({ wearers: [{ wearerId: 'w-1', parkedAt: toIso(T) }] });
  });
});

describe('unparking', () => {
  it('puts the wearer on the queue, to be folded', async () => {
    const findState = async () => ({ ...NO_STATE, epoch: 3, parkedAt: T });
    const { ask, queued } = keptApi({ now: later(60), deps: { findState } });
    const { statusCode } = await ask(UNPARK, { path: { wearerId: 'w-1' } });
    expect(statusCode).toBe(202);
    expect(queued).toEqual([
      { kind: 'unpark', agencyId: 'demo', wearerId: 'w-1', askedAt: later(60) },
    ]);
  });

  it('says of one who is not parked that they are not', async () => {
    const { ask, queued } = keptApi();
    expect((await ask(UNPARK, { path: { wearerId: 'w-1' } })).statusCode).toBe(404);
    expect(queued).toEqual([]);
  });
});
