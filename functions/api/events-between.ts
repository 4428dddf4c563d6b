import { eachOnce } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Trail } from '../adapters/dynamodb/trail.ts';
import type { LoadState } from '../adapters/dynamodb/wearer-states.ts';

export type TrailDeps = Readonly<{ loadState: LoadState; trail: Pick<Trail, 'load'> }>;

/** Everything that a wearer's devices said between two instants, both included, in event time. */
export const eventsBetween = async (
  { loadState, trail }: TrailDeps,
  wearer: WearerRef,
  { fromAt, toAt }: Readonly<{ fromAt: Instant; toAt: Instant }>,
): Promise<DeviceEvent[]> => {
  // The state first: what leaves it is in the trail by then. What was kept of a parked wearer
  // goes the other way, so their state is read once more.
  const before = await loadState(wearer);
  const kept = await trail.load(wearer, fromAt, toAt);
  const after = before.parkedAt === null ? before : await loadState(wearer);
  const current = [before, after].flatMap(({ state }) => state?.slice.inputs ?? []);
  const within = current.filter(({ recordedAt }) => recordedAt >= fromAt && recordedAt <= toAt);
  return eachOnce([...kept, ...within]);
};
