import { distanceMetres } from '../geo/plane.ts';
import type { Check, DeviceEvent, DeviceStatus, Fix } from '../model/device-event.ts';
import type { WatchId } from '../model/ids.ts';
import type { Core, WatchState } from './core.ts';
import { passDueInstants } from './due-instants.ts';
import { heardFrom, withReceipt } from './heard.ts';
import { judgeAll, type Move, stateOf } from './judge-all.ts';
import { isSettled, stepBelief } from './position/belief.ts';
import { type Hypothesis, weigh } from './position/hypotheses.ts';
import { checkLikelihood, fixLikelihood, flagLikelihood } from './position/likelihood.ts';
import { sight } from './position/question.ts';
import { type Anchor, agreesCoarsely, isSafe } from './position/safe-region.ts';
import type { Supervision, Watch } from './supervision.ts';

/** Where the distance to a zone is known, for each watch. A cache: it changes no outcome. */
export type Anchors = Readonly<Partial<Record<WatchId, Anchor>>>;

/** A core, with what was learned on the way to it. */
export type Folded = Readonly<{
  core: Core;
  anchors: Anchors;
  /** Whether the last fix lay in the safe region, and so needed neither geometry nor rules. */
  wasSafe: boolean;
}>;

const squaredSigmasMoved = (core: Core, fix: Fix, sigmaMetres: number): number | null =>
  core.lastFix === null ? null : (distanceMetres(core.lastFix, fix) / sigmaMetres) ** 2;

/** What a watch's belief has settled on; null for one that has not settled, or asks nothing. */
export const settledOn = ({ belief }: WatchState): Hypothesis | null =>
  belief === null || !isSettled(belief) ? null : belief.settled;

/** Whether a fix leaves a watch as it is. */
const isSafeFor = (folded: Folded, watch: Watch, fix: Fix): boolean => {
  const state = stateOf(folded.core, watch);
  if (!state.rests || watch.question === null) return state.rests;
  const settled = settledOn(state);
  const anchor = folded.anchors[watch.watchId] ?? null;
  return settled !== null && isSafe(watch.question, settled, { fix, anchor });
};

/** Whether a fix leaves every watch as it is: the safe region of this wearer holds it. */
const isSafeForAll = (folded: Folded, supervision: Supervision, fix: Fix): boolean =>
  !folded.core.isSilent &&
  folded.core.lastFix !== null &&
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
        lastFix: { at: fix.recordedAt, lat: fix.lat, lon: fix.lon },
        isSilent: false,
      };

const applyFix = (folded: Folded, supervision: Supervision, fix: Fix): Folded =>
  isSafeForAll(folded, supervision, fix)
    ? { ...folded, core: withFix(folded.core, fix), wasSafe: true }
    : evaluateFix(folded, supervision, fix);

/** A fix in full: geometry, belief and rules of every watch. What the safe region spares. */
export const evaluateFix = (folded: Folded, supervision: Supervision, fix: Fix): Folded => {
  const anchors: Partial<Record<WatchId, Anchor>> = { ...folded.anchors };
  const believe: Move['believe'] = (question, belief, { watchId }) => {
    const sighting = sight(question, fix);
    if (question.zone !== null) {
      const clearanceMetres = -sighting.depthMetres;
      anchors[watchId] = { lat: fix.lat, lon: fix.lon, clearanceMetres };
    }
    if (fix.source === 'cell' && isSettled(belief)) {
      const seen = { ...sighting, clearanceMetres: -sighting.depthMetres };
      if (agreesCoarsely(question, belief.settled, seen)) return belief;
    }
    const seen = fixLikelihood(sighting, question.densities);
    const flags = flagLikelihood(fix);
    const step = {
      at: fix.recordedAt,
      motion: fix.motion,
      likelihood: weigh((h) => seen[h] * flags[h]),
      squaredSigmasMoved: squaredSigmasMoved(folded.core, fix, sighting.sigmaMetres),
      mayOnlyUnsettle: fix.source === 'cell',
    };
    return stepBelief(belief, step, question.frame);
  };
  const core = judgeAll(withFix(folded.core, fix), supervision, { input: fix, believe });
  return { core, anchors, wasSafe: false };
};

const applyCheck = (folded: Folded, supervision: Supervision, check: Check): Folded => {
  const likelihood = checkLikelihood(check);
  const at = check.recordedAt;
  const repeats = folded.core.lastCheckAt === null ? null : 0;
  const heard = withInput(folded.core, check);
  const core = judgeAll(likelihood === null ? heard : { ...heard, lastCheckAt: at }, supervision, {
    input: check,
    believe: ({ frame }, belief) => {
      if (likelihood === null || !frame.applies.home) return belief;
      const told = { at, motion: 'unknown', likelihood, squaredSigmasMoved: repeats } as const;
      return stepBelief(belief, { ...told, mayOnlyUnsettle: false }, frame);
    },
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

/** One input: first what was due before it, then the input itself. */
export const applyInput = (
  folded: Folded,
  supervision: Supervision,
  input: DeviceEvent,
): Folded => {
  const core = passDueInstants(folded.core, supervision, input.recordedAt);
  const before = { ...folded, core };
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
