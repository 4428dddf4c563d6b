import * as z from 'zod';
import { keepIds } from '#domain/evaluate/changes.ts';
import { isKnownOf, type TwoClocks } from '#domain/evaluate/fold-to.ts';
import { eachOnce } from '#domain/evaluate/slice.ts';
import {
  compileTimeline,
  documentsAt,
  standingAt,
  versionAt,
} from '#domain/evaluate/supervision-history.ts';
import { eraAt } from '#domain/evaluate/timeline.ts';
import { type AsAt, asAtSchema } from '#domain/model/as-at.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import {
  DAY_SECONDS,
  earlierOf,
  isoInstantSchema,
  isoOrNull,
  secondsAfter,
  toIso,
} from '#domain/model/instant.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import type { LoadAlertsAt } from '../../adapters/dynamodb/alerts-at.ts';
import type { LoadCaseAsAt } from '../../adapters/dynamodb/case-as-at.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { wearerKey } from '../../adapters/dynamodb/keys.ts';
import type { LoadParkedStretches } from '../../adapters/dynamodb/parked-stretches.ts';
import type { LoadHistory, LoadTimeline } from '../../adapters/dynamodb/supervisions.ts';
import type { Trail } from '../../adapters/dynamodb/trail.ts';
import type { LoadDocumentAt } from '../../adapters/dynamodb/versions.ts';
import type { LoadMarks } from '../../adapters/dynamodb/violations.ts';
import type { LoadState } from '../../adapters/dynamodb/wearer-states.ts';
import type { LoadSlices } from '../../adapters/whole-slices.ts';
import { jsonResponse, refusal } from '../../middleware/http.ts';
import {
  alertView,
  dates,
  lastFixView,
  receivedLaterView,
  violationsView,
  watchAtView,
} from '../as-at-view.ts';
import { caseAsAtView } from '../case-as-at.ts';
import { foldPairsPast, foldPast, type Moment } from '../fold-past.ts';
import { devicesAsAt, orderAsAt } from '../orders-as-at.ts';
import { type ParkedThen, parkedThen, unwatched } from '../parked-then.ts';
import { notFound, readWith, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';
import { whereaboutsRefused } from '../whereabouts.ts';
import { wearerOfPath } from './wearers.ts';

export type AsAtRouteDeps = Readonly<{
  documents: Pick<Documents, 'load'>;
  loadState: LoadState;
  loadHistory: LoadHistory;
  loadTimeline: LoadTimeline;
  loadDocumentAt: LoadDocumentAt;
  loadCaseAsAt: LoadCaseAsAt;
  loadParkedStretches: LoadParkedStretches;
  loadSlices: LoadSlices;
  loadMarks: LoadMarks;
  loadAlertsAt: LoadAlertsAt;
  trail: Pick<Trail, 'load'>;
}>;

const querySchema = z.object({ time: isoInstantSchema, knownAt: isoInstantSchema.optional() });

/** What was known of a wearer, and what the trail and the orders made of them. */
const foldWearer = async (deps: AsAtRouteDeps, moment: Moment) => {
  const { onRecord: history, ...folded } = await foldPast(deps.loadSlices, moment, {
    load: (wanted) => deps.loadHistory(moment.wearer, wanted),
    compile: compileTimeline,
  });
  return { history, ...folded };
};

/** Documents that do not come by the supervision: the wearer, and orders with whom they name. */
const documentsOf = async (
  { loadDocumentAt: load }: AsAtRouteDeps,
  wearer: WearerRef,
  { history, clocks }: Readonly<{ history: Awaited<ReturnType<LoadHistory>>; clocks: TwoClocks }>,
) => {
  const { agencyId } = wearer;
  const orders = history.orders.flatMap((all) => versionAt(all, clocks.time) ?? []);
  const [named, ...asked] = await Promise.all([
    load(wearerKey(wearer), wearerSchema, clocks),
    ...orders.map((order) => orderAsAt({ agencyId, clocks, load }, order)),
  ]);
  return { wearer: named && { ...dates(named), name: named.value.name }, orders: asked };
};

const shared = (history: Awaited<ReturnType<LoadHistory>>, { time }: TwoClocks) => {
  const documents = documentsAt(history, time);
  const zones = [...history.zones].flatMap(([zoneId, all]) => {
    const found = documents.zones.has(zoneId) ? standingAt(all, time) : null;
    return found === null ? [] : [{ ...dates(found), zoneId, name: found.value.name }];
  });
  const zoneLists = [...(history.zoneLists ?? [])].flatMap(([zoneListId, all]) => {
    const found = documents.zoneLists?.has(zoneListId) ? standingAt(all, time) : null;
    return found === null ? [] : [{ ...dates(found), zoneListId, name: found.value.name }];
  });
  const timetables = [...history.timetables].flatMap(([timetableId, all]) => {
    const found = documents.timetables.has(timetableId) ? standingAt(all, time) : null;
    return found === null ? [] : [{ ...dates(found), timetableId, name: found.value.name }];
  });
  const permissions = (documents.permissions ?? []).map(({ value, version }) => ({
    ...value,
    version,
    from: toIso(value.from),
    until: toIso(value.until),
  }));
  return { documents, zones, zoneLists, timetables, permissions };
};

/** The whole supervision of a wearer at a past instant, as was known at another. */
export const getAsAt =
  (deps: AsAtRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await whereaboutsRefused(deps.documents, wearer);
    if (refused !== null) return refused;
    const asked = readWith(querySchema, call.request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const { time, knownAt = call.now } = asked.value;
    if (time > call.now || knownAt > call.now) {
      const path = time > call.now ? 'time' : 'knownAt';
      const message = 'that instant is still ahead: ask for one that has passed';
      return refusal(422, { code: 'unacceptable', path, message });
    }
    const clocks = { time, knownAt };
    const then = parkedThen(await deps.loadParkedStretches(wearer), clocks);
    const past = await foldWearer(deps, { wearer, clocks: then.evaluated, now: call.now });
    const known = then.isBlind ? await inForceThen(deps, wearer, clocks) : past;
    const beside = await documentsOf(deps, wearer, { history: known.history, clocks });
    if (beside.wearer === null) return notFound('this wearer, as was known then,');
    const pairs = await foldPairsPast(
      deps,
      { wearer, clocks, now: call.now },
      known.history.pairs ?? [],
    );
    return jsonResponse(
      200,
      await viewOf(deps, wearer, { ...past, ...known, beside, clocks, then, pairs }),
    );
  };

/** What was in force, as was known, of somebody whom nobody could evaluate. */
const inForceThen = async (
  { loadHistory }: AsAtRouteDeps,
  wearer: WearerRef,
  { time, knownAt }: TwoClocks,
) => {
  const history = await loadHistory(wearer, { sinceAt: time, knownAt });
  return { history, era: eraAt(compileTimeline(history, time), time) };
};

type Past = Awaited<ReturnType<typeof foldWearer>> &
  Readonly<{
    pairs: Awaited<ReturnType<typeof foldPairsPast>>;
    beside: Awaited<ReturnType<typeof documentsOf>>;
    clocks: TwoClocks;
    then: ParkedThen;
  }>;

const viewOf = async (deps: AsAtRouteDeps, wearer: WearerRef, past: Past): Promise<AsAt> => {
  const { core, era, history, beside, clocks, then, pairs } = past;
  const { time, knownAt } = clocks;
  const lastFixAt = core.lastFix?.at ?? time;
  const [stored, recorded, ...heard] = await Promise.all([
    deps.loadState(wearer),
    deps.loadMarks(wearer, null),
    deps.trail.load(wearer, secondsAfter(time, -DAY_SECONDS), time),
    deps.trail.load(wearer, lastFixAt, lastFixAt),
  ]);
  const events = eachOnce([...heard.flat(), ...(stored.state?.slice.inputs ?? [])]);
  const all = [...recorded, ...pairs.flatMap((pair) => pair.recorded)];
  const begun = all.filter(({ openedAt }) => openedAt <= time);
  const alerts = await deps.loadAlertsAt(
    wearer,
    begun.map(({ violationId }) => violationId),
    earlierOf(time, knownAt),
  );
  const { documents, ...documentViews } = shared(history, clocks);
  const watches = era.supervision.watches.map((watch) => watchAtView(watch, core, time));
  const together = pairs.flatMap((pair) => {
    const views = pair.watches.map((watch) => watchAtView(watch, pair.core, time));
    return pair.isBlind ? views.map(unwatched) : views;
  });
  const own = keepIds(wearer, { known: recorded, found: core.marks });
  const marks = [...own, ...pairs.flatMap((pair) => pair.marks)];
  return asAtSchema.parse({
    ...{ wearerId: wearer.wearerId, time: toIso(time), knownAt: toIso(knownAt) },
    ...beside,
    ...documentViews,
    ...(await caseAsAtView({ load: deps.loadCaseAsAt, wearer, clocks })),
    devices: devicesAsAt({ documents, clocks }),
    watches: [...(then.isBlind ? watches.map(unwatched) : watches), ...together],
    violations: violationsView({ ...core, marks }),
    alerts: alerts.map(alertView),
    lastFix: lastFixView(
      core,
      events.filter((event) => isKnownOf(clocks, event)),
      clocks,
    ),
    lastCheckAt: isoOrNull(core.lastCheckAt),
    isSilent: core.isSilent,
    parked: then.parked,
    receivedLater: receivedLaterView(events, clocks),
  });
};
