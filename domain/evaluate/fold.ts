import { distanceMetres } from '../geo/plane.ts';
import type { Check, DeviceEvent, Fix } from '../model/device-event.ts';
import type { ConditionId } from '../model/ids.ts';
import { earliest, type Instant, secondsAfter } from '../model/instant.ts';
import type { ConditionState, Core } from './core.ts';
import { staleFrom } from './freshness.ts';
import { markVerdict } from './marks.ts';
import {
  type Belief,
  ignorance,
  isSettled,
  probabilities,
  stepBelief,
  widenBelief,
} from './position/belief.ts';
import { SILENCE_SECONDS, SILENCE_WIDENS_MINUTES } from './position/constants.ts';
import { type Weights, weigh } from './position/hypotheses.ts';
import { checkLikelihood, fixLikelihood, flagLikelihood } from './position/likelihood.ts';
import { sight } from './position/question.ts';
import { type Anchor, isSafe } from './position/safe-region.ts';
import type { Judgement } from './rule.ts';
import { judge } from './rules.ts';
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

/** The newest evidence that a condition's question can use: a check speaks of a place only. */
const newestEvidenceAt = (supervised: SupervisedCondition, core: Core): Instant | null => {
  const fixAt = core.lastFix?.at ?? null;
  if (!supervised.question.frame.applies.home || core.lastCheckAt === null) return fixAt;
  return fixAt === null || core.lastCheckAt > fixAt ? core.lastCheckAt : fixAt;
};

const unknownState = (supervised: SupervisedCondition): ConditionState => ({
  version: supervised.version,
  belief: ignorance(supervised.question.frame),
  verdict: 'undetermined',
  reason: 'no-recent-evidence',
  memory: {},
  dueAt: null,
});

export const stateOf = (core: Core, supervised: SupervisedCondition): ConditionState =>
  core.conditions[supervised.condition.conditionId] ?? unknownState(supervised);

const ask = (supervised: SupervisedCondition, believed: Weights, core: Core): Judgement =>
  judge({
    supervised,
    believed,
    memory: stateOf(core, supervised).memory,
    newestEvidenceAt: newestEvidenceAt(supervised, core),
    at: core.foldedUntil,
  });

type Judged = Readonly<{ state: ConditionState; judgement: Judgement; believed: Weights }>;

const judgeOne = (core: Core, supervised: SupervisedCondition, belief: Belief): Judged => {
  const believed = probabilities(belief, supervised.question.frame);
  const judgement = ask(supervised, believed, core);
  const { verdict, reason, memory, dueAt } = judgement;
  const { version } = supervised;
  return { state: { version, belief, verdict, reason, memory, dueAt }, judgement, believed };
};

/** Judges every condition at the core's instant, with each belief moved on as told. */
const judgeAll = (
  core: Core,
  supervision: Supervision,
  move: (supervised: SupervisedCondition, belief: Belief) => Belief,
): Core => {
  const conditions = { ...core.conditions };
  let marks = core.marks;
  for (const supervised of supervision.conditions) {
    const { conditionId } = supervised.condition;
    const belief = move(supervised, stateOf(core, supervised).belief);
    const { state, judgement, believed } = judgeOne(core, supervised, belief);
    conditions[conditionId] = state;
    const { wearer } = supervision;
    marks = markVerdict(marks, judgement, { conditionId, wearer, at: core.foldedUntil, believed });
  }
  return { ...core, conditions, marks };
};

/** When evidence runs out for a condition that is being watched now; null where it has already. */
const staleAt = (supervised: SupervisedCondition, core: Core): Instant | null => {
  const state = stateOf(core, supervised);
  const newest = newestEvidenceAt(supervised, core);
  const isWatched = state.verdict !== 'not-applicable' && state.reason !== 'no-recent-evidence';
  return isWatched && newest !== null ? staleFrom(newest, supervised.staleAfterSeconds) : null;
};

const silenceAt = (core: Core): Instant | null =>
  core.isSilent || core.lastFix === null ? null : secondsAfter(core.lastFix.at, SILENCE_SECONDS);

/** The next instant at which something changes although nothing arrives. */
const nextDueInFold = (core: Core, supervision: Supervision): Instant | null => {
  const dues = supervision.conditions.flatMap((supervised) => [
    stateOf(core, supervised).dueAt,
    staleAt(supervised, core),
  ]);
  const isAhead = (at: Instant | null) => at !== null && at > core.foldedUntil;
  return earliest([silenceAt(core), ...dues].filter(isAhead));
};

/** Judges every condition as of the core's own instant: the start of a supervision. */
export const judgeNow = (core: Core, supervision: Supervision): Core =>
  judgeAll(core, supervision, (_, belief) => belief);

const passDueInstant = (core: Core, supervision: Supervision, at: Instant): Core => {
  const isSilence = silenceAt(core) === at;
  const moved = { ...core, foldedUntil: at, isSilent: core.isSilent || isSilence };
  const silence = { minutes: SILENCE_WIDENS_MINUTES, at };
  return judgeAll(moved, supervision, (supervised, belief) =>
    isSilence ? widenBelief(belief, silence, supervised.question.frame) : belief,
  );
};

/** Goes through every due instant up to and including `until`. */
export const passDueInstants = (
  folded: Folded,
  supervision: Supervision,
  until: Instant,
): Folded => {
  let { core } = folded;
  for (;;) {
    const dueAt = nextDueInFold(core, supervision);
    if (dueAt === null || dueAt > until) return { ...folded, core };
    core = passDueInstant(core, supervision, dueAt);
  }
};

const squaredSigmasMoved = (core: Core, fix: Fix, sigmaMetres: number): number | null =>
  core.lastFix === null ? null : (distanceMetres(core.lastFix, fix) / sigmaMetres) ** 2;

/** Whether a fix leaves every condition as it is: the safe region of this wearer holds it. */
const isSafeForAll = (folded: Folded, supervision: Supervision, fix: Fix): boolean =>
  !folded.core.isSilent &&
  folded.core.lastFix !== null &&
  supervision.conditions.every((supervised) => {
    const { belief, verdict } = stateOf(folded.core, supervised);
    if (verdict === 'undetermined' || !isSettled(belief)) return false;
    const anchor = folded.anchors[supervised.condition.conditionId] ?? null;
    return isSafe(supervised.question, belief.settled, { fix, anchor });
  });

const withFix = (core: Core, fix: Fix): Core => ({
  ...core,
  foldedUntil: fix.recordedAt,
  lastFix: { at: fix.recordedAt, lat: fix.lat, lon: fix.lon },
  isSilent: false,
});

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
    const seen = fixLikelihood(sighting, question.densities);
    const flags = flagLikelihood(fix);
    const step = {
      at: fix.recordedAt,
      motion: fix.motion,
      likelihood: weigh((h) => seen[h] * flags[h]),
      squaredSigmasMoved: squaredSigmasMoved(folded.core, fix, sighting.sigmaMetres),
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
            { at, motion: 'unknown', likelihood, squaredSigmasMoved: repeats },
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
  const before = passDueInstants(folded, supervision, input.recordedAt);
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
