import { distanceMetres } from '../geo/plane.ts';
import type { Check, DeviceEvent, Fix } from '../model/device-event.ts';
import type { ConditionId } from '../model/ids.ts';
import type { Core } from './core.ts';
import { passDueInstants } from './due-instants.ts';
import { judgeAll, stateOf } from './judge-all.ts';
import { isSettled, stepBelief } from './position/belief.ts';
import { type Hypothesis, weigh } from './position/hypotheses.ts';
import { checkLikelihood, fixLikelihood, flagLikelihood } from './position/likelihood.ts';
import { sight } from './position/question.ts';
import { type Anchor, agreesCoarsely, isSafe } from './position/safe-region.ts';
import type { SupervisedCondition, Supervision } from './supervision.ts';

/** Where the distance to a zone is known, for each condition. A cache: it changes no outcome. */
export type Anchors = Readonly<Partial<Record<ConditionId, Anchor>>>;

/** A core, with what was learned on the way to it. */
export type Folded = Readonly<{
  core: Core;
  anchors: Anchors;
  /** Whether the last fix lay in the safe region, and so needed neither geometry nor rules. */
  wasSafe: boolean;
}>;

const squaredSigmasMoved = (core: Core, fix: Fix, sigmaMetres: number): number | null =>
  core.lastFix === null ? null : (distanceMetres(core.lastFix, fix) / sigmaMetres) ** 2;

/** What a condition at rest has settled on; null for one that is not at rest. */
export const settledFor = (core: Core, supervised: SupervisedCondition): Hypothesis | null => {
  const { belief, verdict } = stateOf(core, supervised);
  return verdict === 'undetermined' || !isSettled(belief) ? null : belief.settled;
};

/** Whether a fix leaves every condition as it is: the safe region of this wearer holds it. */
const isSafeForAll = (folded: Folded, supervision: Supervision, fix: Fix): boolean =>
  !folded.core.isSilent &&
  folded.core.lastFix !== null &&
  supervision.conditions.every((supervised) => {
    const settled = settledFor(folded.core, supervised);
    const anchor = folded.anchors[supervised.condition.conditionId] ?? null;
    return settled !== null && isSafe(supervised.question, settled, { fix, anchor });
  });

/**
 * A core that has taken notice of a fix, and of nothing that it shows. A cell position is no fresh
 * evidence: who has nothing else falls silent, and is neither at home nor clear of a zone.
 */
export const withFix = (core: Core, fix: Fix): Core =>
  fix.source === 'cell'
    ? { ...core, foldedUntil: fix.recordedAt }
    : {
        ...core,
        foldedUntil: fix.recordedAt,
        lastFix: { at: fix.recordedAt, lat: fix.lat, lon: fix.lon },
        isSilent: false,
      };

const applyFix = (folded: Folded, supervision: Supervision, fix: Fix): Folded =>
  isSafeForAll(folded, supervision, fix)
    ? { ...folded, core: withFix(folded.core, fix), wasSafe: true }
    : evaluateFix(folded, supervision, fix);

/** A fix in full: geometry, belief and rules of every condition. What the safe region spares. */
export const evaluateFix = (folded: Folded, supervision: Supervision, fix: Fix): Folded => {
  const anchors: Partial<Record<ConditionId, Anchor>> = { ...folded.anchors };
  const core = judgeAll(withFix(folded.core, fix), supervision, (supervised, belief) => {
    const { question, condition } = supervised;
    const sighting = sight(question, fix);
    if (question.zone !== null) {
      const clearanceMetres = -sighting.depthMetres;
      anchors[condition.conditionId] = { lat: fix.lat, lon: fix.lon, clearanceMetres };
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
  });
  return { core, anchors, wasSafe: false };
};

const applyCheck = (folded: Folded, supervision: Supervision, check: Check): Folded => {
  const likelihood = checkLikelihood(check);
  const at = check.recordedAt;
  if (likelihood === null) return { ...folded, core: { ...folded.core, foldedUntil: at } };
  const repeats = folded.core.lastCheckAt === null ? null : 0;
  const core = judgeAll(
    { ...folded.core, foldedUntil: at, lastCheckAt: at },
    supervision,
    (supervised, belief) =>
      supervised.question.frame.applies.home
        ? stepBelief(
            belief,
            {
              ...{ at, motion: 'unknown', likelihood, squaredSigmasMoved: repeats },
              mayOnlyUnsettle: false,
            },
            supervised.question.frame,
          )
        : belief,
  );
  return { ...folded, core };
};

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
      return { ...before, core: { ...before.core, foldedUntil: input.recordedAt } };
    default:
      return input satisfies never;
  }
};
