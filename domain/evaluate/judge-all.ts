import { type Instant, instant } from '../model/instant.ts';
import type { ConditionState, Core } from './core.ts';
import { markVerdict } from './marks.ts';
import { type Belief, ignorance, isInformed, probabilities } from './position/belief.ts';
import type { Weights } from './position/hypotheses.ts';
import type { Judgement } from './rule.ts';
import { judge } from './rules.ts';
import type { SupervisedCondition, Supervision } from './supervision.ts';

/** The newest evidence that a condition's question can use: a check speaks of a place only. */
export const newestEvidenceAt = (supervised: SupervisedCondition, core: Core): Instant | null => {
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
  validFrom: instant(0),
});

/** A condition that has just come into force. */
export const newState = (supervised: SupervisedCondition, validFrom: Instant): ConditionState => ({
  ...unknownState(supervised),
  validFrom,
  dueAt: validFrom,
});

/** What is known of a condition; of one that was never judged, nothing. */
export const stateOf = (core: Core, supervised: SupervisedCondition): ConditionState =>
  core.conditions[supervised.condition.conditionId] ?? unknownState(supervised);

type Asked = Readonly<{ believed: Weights; isInformed: boolean }>;

const ask = (supervised: SupervisedCondition, core: Core, asked: Asked): Judgement => {
  const { memory, validFrom } = stateOf(core, supervised);
  const at = core.foldedUntil;
  if (at < validFrom) {
    return { verdict: 'undetermined', reason: 'not-yet-in-force', memory, dueAt: validFrom };
  }
  const { believed, isInformed } = asked;
  // A belief that rests on nothing is as good as no evidence at all.
  const newest = isInformed ? newestEvidenceAt(supervised, core) : null;
  return judge({ supervised, believed, memory, newestEvidenceAt: newest, at });
};

type Judged = Readonly<{ state: ConditionState; judgement: Judgement; believed: Weights }>;

const judgeOne = (core: Core, supervised: SupervisedCondition, belief: Belief): Judged => {
  const believed = probabilities(belief, supervised.question.frame);
  const judgement = ask(supervised, core, { believed, isInformed: isInformed(belief) });
  const { verdict, reason, memory, dueAt } = judgement;
  const { version, validFrom } = stateOf(core, supervised);
  const state = { version, validFrom, belief, verdict, reason, memory, dueAt };
  return { state, judgement, believed };
};

/** Judges every condition at the core's instant, with each belief moved on as told. */
export const judgeAll = (
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

/** Judges every condition as of the core's own instant: the start of a supervision. */
export const judgeNow = (core: Core, supervision: Supervision): Core =>
  judgeAll(core, supervision, (_, belief) => belief);
