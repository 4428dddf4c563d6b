import type { DeviceEvent } from '../model/device-event.ts';
import { type Instant, instant } from '../model/instant.ts';
import type { Core, WatchState } from './core.ts';
import { markVerdict } from './marks.ts';
import { type Belief, ignorance, isInformed, probabilities } from './position/belief.ts';
import type { Weights } from './position/hypotheses.ts';
import type { Question } from './position/question.ts';
import type { Judgement } from './rule.ts';
import { judge } from './rules.ts';
import type { Supervision, Watch } from './supervision.ts';

/** Whether checks are evidence for a watch's question: they speak of a place only. */
export const usesChecks = ({ question }: Watch): boolean =>
  question?.places.some((place) => place.hasHomeUnit) ?? false;

/** The newest evidence that a watch's question can use. */
export const newestEvidenceAt = (watch: Watch, core: Core): Instant | null => {
  const fixAt = core.lastFix?.at ?? null;
  if (core.lastCheckAt === null || !usesChecks(watch)) return fixAt;
  return fixAt === null || core.lastCheckAt > fixAt ? core.lastCheckAt : fixAt;
};

const unknownState = ({ version, question }: Watch): WatchState => ({
  version,
  belief: question === null ? null : ignorance(question.frame),
  verdict: 'undetermined',
  reason: 'no-recent-evidence',
  memory: {},
  dueAt: null,
  rests: false,
  validFrom: instant(0),
});

/** A watch that has just come into force. */
export const newState = (watch: Watch, validFrom: Instant): WatchState => ({
  ...unknownState(watch),
  validFrom,
  dueAt: validFrom,
});

/** What is known of a watch; of one that was never judged, nothing. */
export const stateOf = (core: Core, watch: Watch): WatchState =>
  core.watches[watch.watchId] ?? unknownState(watch);

const NOTHING: Weights = { home: 0, elsewhere: 0, inside: 0 };

/** The probability of each hypothesis of a watch's question; all 0 where it asks none. */
export const believedOf = ({ question }: Watch, belief: Belief | null): Weights =>
  question === null || belief === null ? NOTHING : probabilities(belief, question.frame);

type Asked = Readonly<{ belief: Belief | null; believed: Weights; move: Move }>;

const ask = (watch: Watch, core: Core, { belief, believed, move }: Asked): Judgement => {
  const { memory, validFrom } = stateOf(core, watch);
  const at = core.foldedUntil;
  if (at < validFrom) {
    return { verdict: 'undetermined', reason: 'not-yet-in-force', memory, dueAt: validFrom };
  }
  // A belief that rests on nothing is as good as no evidence at all.
  const rests = belief === null || isInformed(belief);
  const newest = rests ? newestEvidenceAt(watch, core) : null;
  const { input, cameFrom = null } = move;
  return judge({ watch, believed, memory, newestEvidenceAt: newest, core, input, cameFrom, at });
};

const stateAfter = (
  judgement: Judgement,
  before: WatchState,
  belief: Belief | null,
): WatchState => {
  const { verdict, reason, memory, dueAt, silence, fixlessSeconds } = judgement;
  const { version, validFrom } = before;
  const rests = judgement.rests ?? verdict !== 'undetermined';
  return {
    ...{ version, validFrom, belief, verdict, reason, memory, dueAt, rests },
    ...(silence === undefined ? {} : { silence }),
    ...(fixlessSeconds === undefined ? {} : { fixlessSeconds }),
  };
};

/** What is folded in, and what it does to a watch's belief. */
export type Move = Readonly<{
  input: DeviceEvent | null;
  /** The fix before this one. */
  cameFrom?: Core['lastFix'];
  believe: (question: Question, belief: Belief, watch: Watch) => Belief;
}>;

const judgeOne = (core: Core, watch: Watch, move: Move) => {
  const before = stateOf(core, watch);
  const belief =
    watch.question === null || before.belief === null
      ? before.belief
      : move.believe(watch.question, before.belief, watch);
  const believed = believedOf(watch, belief);
  const judgement = ask(watch, core, { belief, believed, move });
  return { judgement, believed, state: stateAfter(judgement, before, belief) };
};

/** Judges every watch at the core's instant, in their order, each belief moved on as told. */
export const judgeAll = (core: Core, { watches, wearer }: Supervision, move: Move): Core => {
  // One copy for all watches: each sees those judged before it.
  const states = { ...core.watches };
  let judged: Core = { ...core, watches: states };
  for (const watch of watches) {
    const { watchId } = watch;
    const { judgement, believed, state } = judgeOne(judged, watch, move);
    states[watchId] = state;
    const found = { watchId, about: watch.about, wearer, at: core.foldedUntil, believed };
    const marks = markVerdict(judged.marks, judgement, found);
    if (marks !== judged.marks) judged = { ...judged, marks };
  }
  return judged;
};

/** Judges every watch as of the core's own instant: the start of a supervision. */
export const judgeNow = (core: Core, supervision: Supervision): Core =>
  judgeAll(core, supervision, { input: null, believe: (_, belief) => belief });
