import { distanceMetres } from '../geo/plane.ts';
import type { WatchId } from '../model/ids.ts';
import { type Instant, instant } from '../model/instant.ts';
import type { ViolationEnd } from '../model/violation.ts';
import { type Activation, activationPhaseAt } from '../model/wearer.ts';
import type { Core, Mark } from './core.ts';
import { passDueInstants } from './due-instants.ts';
import { hoursAt } from './hours.ts';
import { judgeNow, newState, stateOf } from './judge-all.ts';
import { beginningOf } from './marks.ts';
import { depthMetres, type Question } from './position/question.ts';
import type { Supervision, Watch } from './supervision.ts';
import { type Era, justBefore } from './timeline.ts';

/** What was in force until an instant, and what is from then on. */
export type ChangeOver = Readonly<{ from: Era; to: Era; at: Instant }>;

const watchIn = ({ supervision }: Era, watchId: WatchId): Watch | null =>
  supervision.watches.find((watch) => watch.watchId === watchId) ?? null;

/** Keeps what is known of each watch that asks the same; the others are in force from now on. */
const carriedWatches = (core: Core, { to, at }: ChangeOver): Core['watches'] =>
  Object.fromEntries(
    to.supervision.watches.map((watch) => {
      const state = core.watches[watch.watchId];
      return [watch.watchId, state?.version === watch.version ? state : newState(watch, at)];
    }),
  );

/**
 * Whether the device that spoke last is no longer on the wearer: what it showed goes on no more.
 */
const isDeviceGone = (core: Core, { activations }: Supervision, at: Instant): boolean => {
  const spokeAt = Math.max(core.lastFix?.at ?? 0, core.lastCheckAt ?? 0);
  if (spokeAt === 0) return false;
  const isOn = (activation: Activation, then: Instant) =>
    activationPhaseAt(activation, then) === 'active';
  return !activations.some((one) => isOn(one, instant(spokeAt)) && isOn(one, at));
};

/** With the device goes all that it showed: whatever comes next is judged afresh. */
const withoutEvidence = (core: Core, { watches }: Supervision): Core => ({
  ...core,
  lastFix: null,
  movement: null,
  lastCheckAt: null,
  heard: [],
  isSilent: false,
  watches: Object.fromEntries(
    watches.map((watch) => [
      watch.watchId,
      watch.isOfDevice ? newState(watch, instant(0)) : stateOf(core, watch),
    ]),
  ),
});

/** So many standard deviations of the scatter round a place are still that place. */
const AT_PLACE_SIGMAS = 3;

const isAtPlace = ({ places }: Question, spot: NonNullable<Core['lastFix']>): boolean =>
  places.some(
    (place) =>
      distanceMetres(place, spot) <= AT_PLACE_SIGMAS * Math.sqrt(place.varianceSquareMetres),
  );

/** Whether the last fix, which stays where it was, lies otherwise as things are drawn now. */
const movedRound = (core: Core, before: Watch, after: Watch): ViolationEnd | null => {
  const [old, now] = [before.question, after.question];
  if (core.lastFix === null || old === null || now === null) return null;
  if (old.zone !== null && now.zone !== null) {
    const spot = core.lastFix;
    const isInside = (question: Question): boolean => depthMetres(question, spot) > 0;
    return isInside(old) === isInside(now) ? null : 'zone-moved';
  }
  return !isAtPlace(old, core.lastFix) && isAtPlace(now, core.lastFix) ? 'place-moved' : null;
};

/** Why an open violation falls with a change, before anything is judged again; null if it stays. */
const fallOf = (core: Core, change: ChangeOver, mark: Mark): ViolationEnd | null => {
  const [before, after] = [watchIn(change.from, mark.watchId), watchIn(change.to, mark.watchId)];
  if (after === null || (before !== null && after.rule !== before.rule)) {
    const isEnded = before !== null && change.to.endedOrders.has(before.orderId);
    return isEnded ? 'order-ended' : 'condition-lifted';
  }
  return before === null || before.version === after.version
    ? null
    : movedRound(core, before, after);
};

const isOfDevice = (change: ChangeOver, { watchId }: Mark): boolean =>
  (watchIn(change.to, watchId) ?? watchIn(change.from, watchId))?.isOfDevice ?? true;

const fallen = (core: Core, change: ChangeOver, isGone: boolean): Mark[] =>
  core.marks.map((mark) => {
    if (mark.endedAt !== null) return mark;
    const gone = isGone && isOfDevice(change, mark) ? 'monitoring-ended' : null;
    const endReason = fallOf(core, change, mark) ?? gone;
    return endReason === null ? mark : { ...mark, endedAt: change.at, endReason };
  });

/** What it was that changed, where judging anew ended a violation that nothing else would have. */
const causeOf = ({ from, to, at }: ChangeOver, { watchId, endReason }: Mark): ViolationEnd => {
  const [before, after] = [watchIn(from, watchId), watchIn(to, watchId)];
  if (after !== null && to.endedOrders.has(after.orderId)) return 'order-ended';
  if (endReason === 'permitted' || endReason === 'excused') return endReason;
  // An edge of time alone, such as a device that came off, changed nothing that is asked.
  if (from.supervision === to.supervision) return endReason ?? 'condition-changed';
  const wasOn = before !== null && hoursAt(before.active, at).window !== null;
  const isOn = after !== null && hoursAt(after.active, at).window !== null;
  if (wasOn && !isOn) return 'hours-changed';
  return endReason === 'back-in-order' ? 'condition-changed' : (endReason ?? 'condition-changed');
};

const named = (before: readonly Mark[], judged: Core, change: ChangeOver): Mark[] => {
  const open = new Set(before.filter((m) => m.endedAt === null).map(beginningOf));
  return judged.marks.map((mark) =>
    mark.endedAt !== null && open.has(beginningOf(mark))
      ? { ...mark, endReason: causeOf(change, mark) }
      : mark,
  );
};

/**
 * Takes a core, folded to just before a change, over into what is in force from then on. What still
 * asks the same goes on; violations that fall with the change end then, and say what changed.
 */
export const changeOver = (core: Core, change: ChangeOver): Core => {
  const { at } = change;
  const { supervision } = change.to;
  const isGone = isDeviceGone(core, supervision, at);
  const marks = fallen(core, change, isGone);
  const watches = carriedWatches(core, change);
  const rekeyed: Core = { ...core, foldedUntil: justBefore(at), watches, marks };
  const begun = isGone ? withoutEvidence(rekeyed, supervision) : rekeyed;
  const passed = passDueInstants(begun, supervision, at);
  const judged = judgeNow({ ...passed, foldedUntil: at }, supervision);
  return { ...judged, marks: named(marks, judged, change) };
};
