import type { Instant } from '../model/instant.ts';
import type { ConditionState, Core } from './core.ts';
import { markVerdict } from './marks.ts';
import { type Belief, ignorance, probabilities } from './position/belief.ts';
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
});

/** What is known of a condition; of one that was never judged, nothing. */
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
