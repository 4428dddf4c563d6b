import { keepIds } from '#domain/evaluate/changes.ts';
import { foldTo, type TwoClocks } from '#domain/evaluate/fold-to.ts';
import type { Timeline } from '#domain/evaluate/timeline.ts';
import type { WearerId, WearerRef } from '#domain/model/ids.ts';
import { DAY_SECONDS, earlierOf, type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { LoadParkedStretches } from '../adapters/dynamodb/parked-stretches.ts';
import type { LoadTimeline, Wanted } from '../adapters/dynamodb/supervisions.ts';
import type { LoadMarks } from '../adapters/dynamodb/violations.ts';
import type { LoadSlices } from '../adapters/whole-slices.ts';
import { parkedThen } from './parked-then.ts';

/** Events come up to thirty days late, and a day more for the way here. */
const LATEST_SECONDS = 31 * DAY_SECONDS;

export type Moment = Readonly<{ wearer: WearerRef; clocks: TwoClocks; now: Instant }>;

/** How what was on record is read, and what it makes. */
type OnRecord<H> = Readonly<{
  load: (wanted: Wanted) => Promise<H>;
  compile: (found: H, sinceAt: Instant) => Timeline;
}>;

/** What the trail and the orders made of a wearer or a pair, by the two clocks. */
export const foldPast = async <H>(
  loadSlices: LoadSlices,
  { wearer, clocks, now }: Moment,
  { load, compile }: OnRecord<H>,
) => {
  const { time, knownAt } = clocks;
  // As was known then, a late event may have changed any snapshot since a month before.
  const isPast = knownAt < now && time > 0;
  const fromAt = isPast ? secondsAfter(earlierOf(time, knownAt), -LATEST_SECONDS) : time;
  // Of whom nothing was evaluated by then there is nothing to fold.
  const slices = time === 0 ? [] : await loadSlices(wearer, { fromAt, toAt: time });
  const sinceAt = earlierOf(slices[0]?.startedAt ?? fromAt, fromAt);
  const [then, newest] = await Promise.all([load({ sinceAt, knownAt }), load({ sinceAt })]);
  const timelines = { known: compile(then, sinceAt), now: compile(newest, sinceAt) };
  return { onRecord: then, ...foldTo({ ...timelines, slices }, clocks) };
};

export type PairsPastDeps = Readonly<{
  loadTimeline: LoadTimeline;
  loadParkedStretches: LoadParkedStretches;
  loadSlices: LoadSlices;
  loadMarks: LoadMarks;
}>;

/**
 * What the pairs of a wearer made of them, by the two clocks: what watches them, and what was
 * found. Where the other was is no part of it.
 */
export const foldPairsPast = (
  { loadTimeline, loadParkedStretches, loadSlices, loadMarks }: PairsPastDeps,
  { wearer, clocks, now }: Moment,
  pairs: readonly WearerId[],
) =>
  Promise.all(
    pairs.map(async (pairId) => {
      const pair = { ...wearer, wearerId: pairId };
      const { evaluated, isBlind } = parkedThen(await loadParkedStretches(pair), clocks);
      const [recorded, { core, era }] = await Promise.all([
        loadMarks(pair, null),
        foldPast(
          loadSlices,
          { wearer: pair, clocks: evaluated, now },
          { load: (wanted) => loadTimeline(pair, wanted), compile: (timeline) => timeline },
        ),
      ]);
      const isTheirs = ({ about }: Readonly<{ about?: WearerId | undefined }>): boolean =>
        about === wearer.wearerId;
      return {
        ...{ core, isBlind, recorded: recorded.filter(isTheirs) },
        watches: era.supervision.watches.filter(isTheirs),
        marks: keepIds(pair, { known: recorded, found: core.marks }).filter(isTheirs),
      };
    }),
  );
