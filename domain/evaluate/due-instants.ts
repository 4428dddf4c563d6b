import { earliest, type Instant, secondsAfter } from '../model/instant.ts';
import type { Core } from './core.ts';
import { staleFrom } from './freshness.ts';
import { judgeAll, newestEvidenceAt, stateOf } from './judge-all.ts';
import { widenBelief } from './position/belief.ts';
import { SILENCE_SECONDS, SILENCE_WIDENS_MINUTES } from './position/constants.ts';
import type { SupervisedCondition, Supervision } from './supervision.ts';

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

const passDueInstant = (core: Core, supervision: Supervision, at: Instant): Core => {
  const isSilence = silenceAt(core) === at;
  const moved = { ...core, foldedUntil: at, isSilent: core.isSilent || isSilence };
  const silence = { minutes: SILENCE_WIDENS_MINUTES, at };
  return judgeAll(moved, supervision, (supervised, belief) =>
    isSilence ? widenBelief(belief, silence, supervised.question.frame) : belief,
  );
};

/** Goes through every due instant up to and including `until`. */
export const passDueInstants = (core: Core, supervision: Supervision, until: Instant): Core => {
  let passed = core;
  for (;;) {
    const dueAt = nextDueInFold(passed, supervision);
    if (dueAt === null || dueAt > until) return passed;
    passed = passDueInstant(passed, supervision, dueAt);
  }
};
