import { toIso } from '#domain/model/instant.ts';
import type { LoadParked } from '../../adapters/dynamodb/parked-wearers.ts';
import type { LoadState } from '../../adapters/dynamodb/wearer-states.ts';
import type { Queue } from '../../adapters/sqs/queue.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { notFound } from '../problems.ts';
import type { Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type ParkedRouteDeps = Readonly<{
  loadParked: LoadParked;
  findState: LoadState;
  events: Pick<Queue, 'sendAll'>;
}>;

/** Who is parked, the longest first: their events are kept, and nobody evaluates them. */
export const listParked =
  ({ loadParked }: ParkedRouteDeps): Route =>
  async ({ agencyId }) => {
    const parked = (await loadParked()).filter((one) => one.agencyId === agencyId);
    return jsonResponse(200, {
      wearers: parked.map(({ wearerId, parkedAt }) => ({ wearerId, parkedAt: toIso(parkedAt) })),
    });
  };

/** Asks evaluation to fold what was kept of a wearer; 202, for it may find the same wrong again. */
export const unpark =
  ({ findState, events }: ParkedRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const { parkedAt } = await findState(wearer);
    if (parkedAt === null) return notFound('this wearer among the parked');
    await events.sendAll([{ kind: 'unpark', ...wearer, askedAt: call.now }]);
    return jsonResponse(202, { wearerId: wearer.wearerId, parkedAt: toIso(parkedAt) });
  };
