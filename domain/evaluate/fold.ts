import type { Check, DeviceEvent, DeviceStatus, Fix } from '../model/device-event.ts';
import type { WatchId } from '../model/ids.ts';
import type { Core, WatchState } from './core.ts';
import { passDueInstants } from './due-instants.ts';
import { heardFrom, withReceipt } from './heard.ts';
import { judgeAll, type Move, stateOf } from './judge-all.ts';
import { isAtRest, isReachable, plausibility } from './movement/plausibility.ts';
import { foldPairInput } from './pair/fold-pair.ts';
import { isSettled } from './position/belief.ts';
import { believeCheck, believeFix } from './position/believe.ts';
import type { Hypothesis } from './position/hypotheses.ts';
import { checkLikelihood, sigmaMetres } from './position/likelihood.ts';
import { type Anchor, isSafe } from './position/safe-region.ts';
import type { Supervision, Watch } from './supervision.ts';
import { isWayClear } from './way-clear.ts';

/** Where the distance to a zone is known, for each watch. A cache: it changes no outcome. */
export type Anchors = Readonly<Partial<Record<WatchId, Anchor>>>;

/** A core, with what was learned on the way to it. */
export type Folded = Readonly<{
  core: Core;
  anchors: Anchors;
  /** Whether the last fix lay in the safe region, and so needed neither geometry nor rules. */
  wasSafe: boolean;
}>;

/** What a watch's belief has settled on; null for one that has not settled, or asks nothing. */
export const settledOn = ({ belief }: WatchState): Hypothesis | null =>
  belief === null || !isSettled(belief) ? null : belief.settled;

/** Whether a fix leaves a watch as it is. */
const isSafeFor = (folded: Folded, watch: Watch, fix: Fix): boolean => {
  const state = stateOf(folded.core, watch);
  if (state.rests === false || watch.question === null) return state.rests !== false;
  const settled = settledOn(state);
  const anchor = folded.anchors[watch.watchId] ?? null;
  const seen = { fix, anchor, mustLieIn: state.rests === 'in-zone' };
  if (settled === null || !isSafe(watch.question, settled, seen)) return false;
  // Whoever is at home came along no way that the watch minds.
  const mindsWay = watch.mindsWays && settled !== 'home';
  return !mindsWay || isWayClear(watch.question, anchor, { from: folded.core.lastFix, fix });
};

/** Whether a fix is plausible beside the last one, and nothing else is under question. */
const isOrdinaryMove = (core: Core, { plausibility: by }: Supervision, fix: Fix): boolean =>
  by === undefined ||
  fix.source === 'cell' ||
  (isAtRest(core.movement) && isReachable(core.lastFix, fix, by));

/** Whether a fix leaves every watch as it is: the safe region of this wearer holds it. */
const isSafeForAll = (folded: Folded, supervision: Supervision, fix: Fix): boolean =>
  !folded.core.isSilent &&
  folded.core.lastFix !== null &&
  isOrdinaryMove(folded.core, supervision, fix) &&
  supervision.watches.every((watch) => isSafeFor(folded, watch, fix));

/** A core that has taken notice that something arrived, and of nothing that it says. */
const withInput = (core: Core, { recordedAt, receivedAt }: DeviceEvent): Core => ({
  ...core,
  foldedUntil: recordedAt,
  heard: heardFrom(withReceipt(core.heard, receivedAt), recordedAt),
});

/**
 * A core that has taken notice of a fix, and of nothing that it shows. A cell position is no fresh
 * evidence: who has nothing else falls silent, and is neither at home nor clear of a zone.
 */
export const withFix = (core: Core, fix: Fix): Core =>
  fix.source === 'cell'
    ? withInput(core, fix)
    : {
        ...withInput(core, fix),
        lastFix: {
          ...{ at: fix.recordedAt, lat: fix.lat, lon: fix.lon },
          sigmaMetres: Math.ceil(sigmaMetres(fix)),
        },
        isSilent: false,
      };

const applyFix = (folded: Folded, supervision: Supervision, fix: Fix): Folded =>
  isSafeForAll(folded, supervision, fix)
    ? { ...folded, core: withFix(folded.core, fix), wasSafe: true }
    : evaluateFix(folded, supervision, fix);

/** A fix that cannot be true: it shows that the device is there, and nothing of where. */
const setAside = (folded: Folded, supervision: Supervision, { fix, movement }: Aside): Folded => ({
  ...folded,
  core: judgeAll({ ...withInput(folded.core, fix), movement }, supervision, {
    input: null,
    believe: (_, belief) => belief,
  }),
  wasSafe: false,
});
type Aside = Readonly<{ fix: Fix; movement: Core['movement'] }>;

/** A fix in full: geometry, belief and rules of every watch. What the safe region spares. */
export const evaluateFix = (folded: Folded, supervision: Supervision, fix: Fix): Folded => {
  const by = supervision.plausibility;
  if (by === undefined) return believeAndJudge(folded, supervision, fix);
  const { isBelieved, movement } = plausibility(folded.core, fix, by);
  if (!isBelieved) return setAside(folded, supervision, { fix, movement });
  const core = { ...folded.core, movement };
  return believeAndJudge({ ...folded, core }, supervision, fix);
};

const believeAndJudge = (folded: Folded, supervision: Supervision, fix: Fix): Folded => {
  const anchors: Partial<Record<WatchId, Anchor>> = { ...folded.anchors };
  const believe: Move['believe'] = (question, belief, { watchId }) => {
    const seen = believeFix(question, belief, { fix, lastFix: folded.core.lastFix });
    if (question.zone !== null) {
      const clearanceMetres = -seen.sighting.depthMetres;
      anchors[watchId] = { lat: fix.lat, lon: fix.lon, clearanceMetres };
    }
    return seen.belief;
  };
  const core = judgeAll(withFix(folded.core, fix), supervision, {
    ...{ input: fix, believe, cameFrom: folded.core.lastFix },
  });
  return { core, anchors, wasSafe: false };
};

const applyCheck = (folded: Folded, supervision: Supervision, check: Check): Folded => {
  const isRepeat = folded.core.lastCheckAt !== null;
  const heard = withInput(folded.core, check);
  const isAnswer = checkLikelihood(check) !== null;
  const known = isAnswer ? { ...heard, lastCheckAt: check.recordedAt } : heard;
  const core = judgeAll(known, supervision, {
    input: check,
    believe: (question, belief) => believeCheck(question, belief, { check, isRepeat }),
  });
  return { ...folded, core };
};

const applyStatus = (folded: Folded, supervision: Supervision, status: DeviceStatus): Folded => ({
  ...folded,
  core: judgeAll(withInput(folded.core, status), supervision, {
    input: status,
    believe: (_, belief) => belief,
  }),
});

/** An input of either of two people, who are judged together. */
const applyOfPair = (folded: Folded, supervision: Supervision, input: DeviceEvent): Folded => {
  const core = foldPairInput(withInput(folded.core, input), supervision, input);
  return { ...folded, core, wasSafe: false };
};

/** One input: first what was due before it, then the input itself. */
export const applyInput = (
  folded: Folded,
  supervision: Supervision,
  input: DeviceEvent,
): Folded => {
  const core = passDueInstants(folded.core, supervision, input.recordedAt);
  const before = { ...folded, core };
  if (supervision.members !== undefined) return applyOfPair(before, supervision, input);
  switch (input.kind) {
    case 'fix':
      return applyFix(before, supervision, input);
    case 'check':
      return applyCheck(before, supervision, input);
    case 'device-status':
      return applyStatus(before, supervision, input);
    default:
      return input satisfies never;
  }
};
