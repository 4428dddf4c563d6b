import type { Evaluation } from '#domain/evaluate/evaluate.ts';
import { isOnLeash, type Leashes, leashesOf } from '#domain/evaluate/pair/leash.ts';
import { ruleCalled } from '#domain/evaluate/rules.ts';
import { newestSupervision, type Timeline } from '#domain/evaluate/timeline.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { inPackableParts, packEvents } from '#domain/trail/pack-events.ts';
import type { LoadLeashes } from '../adapters/dynamodb/wearer-states.ts';
import type { EvaluateMessage } from '../adapters/sqs/messages.ts';
import type { Queue } from '../adapters/sqs/queue.ts';
import type { WearerWork } from './read-messages.ts';

export type TellPairsDeps = Readonly<{
  loadLeashes: LoadLeashes;
  events: Pick<Queue, 'sendAll'>;
}>;

/**
 * What a state holds of pairs: the pairs of a wearer, who must be told; or, of a pair, how far each
 * of its two may go untold. As before, where no orders were taken.
 */
export const pairsOf = (
  before: WearerState | null,
  timeline: Timeline | null,
  { state }: Evaluation,
): Pick<WearerState, 'pairs' | 'leashes'> => {
  if (timeline === null) return { pairs: before?.pairs ?? [], leashes: before?.leashes ?? {} };
  const { watches, members, pairs = [] } = newestSupervision(timeline);
  if (members === undefined) return { pairs, leashes: {} };
  const watched = watches.flatMap((watch) => ruleCalled(watch.rule)?.closenessOf(watch) ?? []);
  return { pairs: [], leashes: leashesOf(state.core.sides, members, watched) };
};

const eventMessages = (
  pair: Pick<WearerWork, 'wearer'>['wearer'],
  receivedAt: Instant,
  events: readonly DeviceEvent[],
): EvaluateMessage[] =>
  inPackableParts(events).map((part) => ({
    kind: 'events',
    ...pair,
    receivedAt,
    packed: Buffer.from(packEvents(part)).toString('base64'),
  }));

const messagesTo = (
  pairId: WearerId,
  { wearer, isSupervisionChanged, changedFrom, heardAt }: WearerWork,
  { events, leashes }: Readonly<{ events: readonly DeviceEvent[]; leashes: Leashes }>,
): EvaluateMessage[] => {
  if (heardAt === null) return [];
  const pair = { agencyId: wearer.agencyId, wearerId: pairId };
  const leash = leashes[wearer.wearerId];
  // The way that led there comes with what lies beyond: whether it can have been gone is weighed.
  const news = events.every((event) => isOnLeash(leash, event)) ? [] : events;
  const changed: EvaluateMessage[] = isSupervisionChanged
    ? [{ kind: 'supervision-changed', ...pair, changedAt: heardAt, inForceAt: changedFrom }]
    : [];
  return [...changed, ...eventMessages(pair, heardAt, news)];
};

/**
 * Tells each pair of a wearer what its two must know: a change of orders or devices, and the events
 * that its leash does not spare. It is done before the wearer's messages are done with, and again
 * where they come again: nothing is lost, and a pair knows a repeat.
 */
export const tellPairs = async (
  deps: TellPairsDeps,
  work: WearerWork,
  { pairs, setAside }: Readonly<{ pairs: readonly WearerId[]; setAside: readonly DeviceEvent[] }>,
): Promise<void> => {
  const aside = new Set(setAside);
  const events = work.events.filter((event) => !aside.has(event));
  if (pairs.length === 0 || (events.length === 0 && !work.isSupervisionChanged)) return;
  const { agencyId } = work.wearer;
  const found = await deps.loadLeashes(pairs.map((wearerId) => ({ agencyId, wearerId })));
  const messages = pairs.flatMap((pairId, i) =>
    messagesTo(pairId, work, { events, leashes: found[i] ?? {} }),
  );
  await deps.events.sendAll(messages);
};
