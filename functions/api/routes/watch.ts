import * as z from 'zod';
import type { Core, Mark } from '#domain/evaluate/core.ts';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { stateOf } from '#domain/evaluate/judge-all.ts';
import { isSettled } from '#domain/evaluate/position/belief.ts';
import { locationLost } from '#domain/evaluate/rules/location-lost.ts';
import type { Supervision, Watch } from '#domain/evaluate/supervision.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerId, WearerRef } from '#domain/model/ids.ts';
import {
  type Instant,
  isoInstantSchema,
  isoOrNull,
  secondsBetween,
  toIso,
} from '#domain/model/instant.ts';
import { type Gap, gapsIn, isOutOfSync } from '#domain/trail/gaps.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import type { LoadSupervision } from '../../adapters/dynamodb/supervisions.ts';
import type { Trail } from '../../adapters/dynamodb/trail.ts';
import type { LoadState } from '../../adapters/dynamodb/wearer-states.ts';
import { jsonResponse, refusal } from '../../middleware/http.ts';
import { eventsBetween } from '../events-between.ts';
import { unwatched } from '../parked-then.ts';
import { notFound, readWith, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';
import { watchView } from '../watch-view.ts';
import { whereaboutsRefused } from '../whereabouts.ts';
import { wearerOfPath } from './wearers.ts';

export type WatchRouteDeps = Readonly<{
  documents: Pick<Documents, 'load'>;
  loadState: LoadState;
  loadSupervision: LoadSupervision;
  trail: Pick<Trail, 'load'>;
}>;

const markView = (mark: Mark) => ({
  violationId: mark.violationId,
  watchId: mark.watchId,
  reason: mark.reason,
  openedAt: toIso(mark.openedAt),
  endedAt: isoOrNull(mark.endedAt),
  certainty: mark.certainty,
});

const watchNowView = (watch: Watch, core: Core, at: Instant) => {
  const { belief, dueAt } = stateOf(core, watch);
  const { believed, ...view } = watchView(watch, core, at);
  return {
    ...{ ...view, kind: watch.condition.kind, dueAt: isoOrNull(dueAt) },
    believed: belief && { ...believed, settled: isSettled(belief) },
  };
};

type Reckoning = Pick<WatchRouteDeps, 'loadState' | 'loadSupervision'>;

/** A stored state of a wearer or a pair, with every instant that has passed since reckoned in. */
const reckoned = async (
  { loadState, loadSupervision }: Reckoning,
  wearer: WearerRef,
  now: Instant,
) => {
  const [stored, supervision] = await Promise.all([loadState(wearer), loadSupervision(wearer)]);
  const { parkedAt, epoch } = stored;
  const input = { supervision, state: stored.state, events: [], until: now };
  // Of who is parked it stands as it was evaluated last: nobody knows what has passed since.
  const isStanding = parkedAt !== null && stored.state !== null;
  const state = isStanding ? stored.state : evaluate(input).state;
  const { watches, pairs = [] } = supervision;
  return { isKnown: stored.state !== null, epoch, parkedAt, state, watches, pairs };
};
type Reckoned = Awaited<ReturnType<typeof reckoned>>;

/** What watches somebody, and what was found of them: by themselves, or by one of their pairs. */
const foundOf = ({ parkedAt, state, watches }: Reckoned, about: WearerId, now: Instant) => {
  const { core } = state;
  const own = watches.filter((watch) => watch.about === about);
  const views = own.map((watch) => watchNowView(watch, core, now));
  return {
    watches: parkedAt === null ? views : views.map(unwatched),
    violations: core.marks.filter((mark) => (mark.about ?? about) === about).map(markView),
  };
};

/**
 * What is known of a wearer now: the stored state, with every instant that has passed since
 * reckoned in; and of their pairs what is theirs. Where the other of a pair is is no part of it.
 */
export const getState =
  (deps: WatchRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await whereaboutsRefused(deps.documents, wearer);
    if (refused !== null) return refused;
    const { agencyId, now } = call;
    const { wearerId } = wearer;
    const known = await reckoned(deps, wearer, now);
    if (!known.isKnown) return notFound('the state of this wearer');
    const pairs = await Promise.all(
      known.pairs.map((pairId) => reckoned(deps, { agencyId, wearerId: pairId }, now)),
    );
    const found = [known, ...pairs].map((one) => foundOf(one, wearerId, now));
    const { core, nextDueAt } = known.state;
    return jsonResponse(200, {
      wearerId,
      asOf: toIso(now),
      epoch: known.epoch,
      lastFix: core.lastFix && { ...core.lastFix, at: toIso(core.lastFix.at) },
      isOutOfSync: isOutOfSync(core.lastFix?.at ?? null, now, shownBy(known).outOfSyncSeconds),
      lastCheckAt: isoOrNull(core.lastCheckAt),
      parkedAt: isoOrNull(known.parkedAt),
      watches: found.flatMap(({ watches }) => watches),
      violations: found.flatMap(({ violations }) => violations),
      nextDueAt: isoOrNull(nextDueAt),
    });
  };

const shownLimitsSchema = z.object({ gapSeconds: z.number(), outOfSyncSeconds: z.number() });

/** By what positions are shown: as the wearer's orders have it, or as usual where they do not. */
const shownBy = ({ watches }: Pick<Supervision, 'watches'>) => {
  const own = watches.find(({ rule }) => rule === 'location-lost')?.thresholds ?? {};
  return shownLimitsSchema.parse({ ...locationLost.usual, ...own });
};

/** The same, of a trail: it is shown also where the orders cannot be read. */
const trailLimits = async (load: LoadSupervision, wearer: WearerRef) => {
  try {
    return shownBy(await load(wearer));
  } catch {
    // Record: what cannot be read has parked the wearer, and says so there.
    return shownBy({ watches: [] });
  }
};

/** One read covers at most a day: longer stretches are exports. */
const LONGEST_SECONDS = 86_400;
/**
 * An answer holds 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MOST_EVENTS = 12_000;
const rangeSchema = z.object({ from: isoInstantSchema, to: isoInstantSchema });

const eventView = (event: DeviceEvent) => ({
  ...event,
  recordedAt: toIso(event.recordedAt),
  receivedAt: toIso(event.receivedAt),
});

const gapView = ({ fromAt, toAt }: Gap) => ({ from: toIso(fromAt), to: toIso(toAt) });

/** Everything that a wearer's devices said between two instants, in event time. */
export const getTrail =
  ({ documents, loadState, loadSupervision, trail }: WatchRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await whereaboutsRefused(documents, wearer);
    if (refused !== null) return refused;
    const range = readWith(rangeSchema, call.request.queryStringParameters);
    if (!range.ok) return unacceptable(range.problems);
    const { from, to } = range.value;
    if (to < from || secondsBetween(from, to) > LONGEST_SECONDS) {
      const message = 'ask for at most 24 hours, from the earlier instant to the later';
      return refusal(422, { code: 'unacceptable', path: 'to', message });
    }
    const asked = { fromAt: from, toAt: to };
    const events = await eventsBetween({ loadState, trail }, wearer, asked);
    if (events.length > MOST_EVENTS) {
      const message = `more than ${MOST_EVENTS} events in this stretch: ask for a shorter one`;
      return refusal(422, { code: 'unacceptable', path: 'to', message });
    }
    const { gapSeconds } = await trailLimits(loadSupervision, wearer);
    const gaps = gapsIn(events, gapSeconds).map(gapView);
    return jsonResponse(200, { wearerId: wearer.wearerId, gaps, events: events.map(eventView) });
  };
