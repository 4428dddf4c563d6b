import { type Instant, secondsAfter } from '../model/instant.ts';
import type { Core, WatchState } from './core.ts';
import { staleFrom } from './freshness.ts';
import { heardAgainAt, heardFrom, silenceDueAt } from './heard.ts';
import { judgeAll, newestEvidenceAt, stateOf } from './judge-all.ts';
import { widenBelief } from './position/belief.ts';
import { SILENCE_SECONDS, SILENCE_WIDENS_MINUTES } from './position/constants.ts';
import type { Supervision, Watch } from './supervision.ts';

/** When evidence runs out for a question that is being asked now; null where it has already. */
const staleAt = (watch: Watch, core: Core, state: WatchState): Instant | null => {
  const newest = newestEvidenceAt(watch, core);
  const isWatched = state.verdict !== 'not-applicable' && state.reason !== 'no-recent-evidence';
  return watch.question !== null && isWatched && newest !== null
    ? staleFrom(newest, watch.staleAfterSeconds)
    : null;
};

const silenceAt = (core: Core): Instant | null =>
  core.isSilent || core.lastFix === null ? null : secondsAfter(core.lastFix.at, SILENCE_SECONDS);

/** When a watch that waits for silence, or for its end, is due; after an instant. */
const heardDueAt = ({ heard }: Core, { silence }: WatchState, after: Instant): Instant | null => {
  if (silence === undefined) return null;
  return silence === 'until-heard'
    ? heardAgainAt(heard, after)
    : silenceDueAt(heard, after, silence);
};

const fixlessAt = ({ lastFix }: Core, { fixlessSeconds }: WatchState): Instant | null =>
  fixlessSeconds === undefined || lastFix === null
    ? null
    : secondsAfter(lastFix.at, fixlessSeconds);

/** The sooner of what was found and what else is due, where that lies ahead. */
const sooner = (found: Instant | null, dueAt: Instant | null, after: Instant): Instant | null =>
  dueAt !== null && dueAt > after && (found === null || dueAt < found) ? dueAt : found;

/** The next instant at which something changes although nothing arrives. */
const nextDueInFold = (core: Core, supervision: Supervision): Instant | null => {
  const after = core.foldedUntil;
  let next = sooner(null, silenceAt(core), after);
  for (const watch of supervision.watches) {
    const state = stateOf(core, watch);
    next = sooner(next, state.dueAt, after);
    next = sooner(next, heardDueAt(core, state, after), after);
    next = sooner(next, fixlessAt(core, state), after);
    next = sooner(next, staleAt(watch, core, state), after);
  }
  return next;
};

const passDueInstant = (core: Core, supervision: Supervision, at: Instant): Core => {
  const isSilence = silenceAt(core) === at;
  const heard = heardFrom(core.heard, at);
  const moved = { ...core, foldedUntil: at, heard, isSilent: core.isSilent || isSilence };
  const silence = { minutes: SILENCE_WIDENS_MINUTES, at };
  return judgeAll(moved, supervision, {
    input: null,
    believe: ({ frame }, belief) => (isSilence ? widenBelief(belief, silence, frame) : belief),
  });
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

/**
 * When a wearer must be evaluated again although nothing arrives. Evidence that runs out, and fixes
 * that stay away while the device is heard, need no waking: the next input finds them.
 */
export const nextDueAt = (core: Core, after: Instant): Instant | null => {
  let next: Instant | null = null;
  for (const state of Object.values(core.watches)) {
    next = sooner(next, state.dueAt, after);
    next = sooner(next, heardDueAt(core, state, after), after);
  }
  return next;
};
