import { type Instant, secondsAfter } from '../model/instant.ts';
import type { Core, WatchState } from './core.ts';
import { staleFrom } from './freshness.ts';
import { heardAgainAt, heardFrom, silenceDueAt } from './heard.ts';
import { judgeAll, newestEvidenceAt, stateOf, usesChecks } from './judge-all.ts';
import { widenBelief } from './position/belief.ts';
import { SILENCE_SECONDS, SILENCE_WIDENS_MINUTES } from './position/constants.ts';
import type { Supervision, Watch } from './supervision.ts';

const silenceAt = (core: Core): Instant | null =>
  core.isSilent || core.lastFix === null ? null : secondsAfter(core.lastFix.at, SILENCE_SECONDS);

type Silence = NonNullable<WatchState['silence']>;

/**
 * All that watches wait for and that wakes a wearer, each thing once. It hangs on the states of the
 * watches alone, which most inputs leave as they are.
 */
type Waits = Readonly<{ dueAts: readonly Instant[]; silences: readonly Silence[] }>;

const waits = new WeakMap<Core['watches'], Waits>();

const eachOnce = <T>(all: readonly T[]): T[] => [...new Set(all)];

const waitsOf = ({ watches }: Core): Waits => {
  const known = waits.get(watches);
  if (known !== undefined) return known;
  const states = Object.values(watches);
  const found = {
    dueAts: eachOnce(states.flatMap(({ dueAt }) => dueAt ?? [])),
    silences: eachOnce(states.flatMap(({ silence }) => silence ?? [])),
  };
  waits.set(watches, found);
  return found;
};

/** What is found in the fold besides, and wakes nobody. */
type Outlook = Readonly<{
  supervision: Supervision;
  fixlessSeconds: readonly number[];
  /** Of those whose evidence may run out, one for each way in which it does. */
  stale: readonly Watch[];
}>;

const outlooks = new WeakMap<Core['watches'], Outlook>();

/** Answers that no evidence is behind: nothing is asked, or it has run out already. */
const WITHOUT_EVIDENCE: readonly string[] = ['outside-hours', 'permitted', 'no-recent-evidence'];

/** Whether a question is being asked now that evidence may run out for. */
const mayGoStale = (watch: Watch, { reason }: WatchState): boolean =>
  watch.question !== null && !WITHOUT_EVIDENCE.includes(reason);

const staleWay = (watch: Watch): string => `${usesChecks(watch)} ${watch.staleAfterSeconds}`;

const lookOut = (core: Core, supervision: Supervision): Outlook => {
  const states = supervision.watches.map((watch) => ({ watch, state: stateOf(core, watch) }));
  const stale = states.filter(({ watch, state }) => mayGoStale(watch, state));
  return {
    supervision,
    fixlessSeconds: eachOnce(states.flatMap(({ state }) => state.fixlessSeconds ?? [])),
    stale: [...new Map(stale.map(({ watch }) => [staleWay(watch), watch])).values()],
  };
};

const outlookOf = (core: Core, supervision: Supervision): Outlook => {
  const known = outlooks.get(core.watches);
  if (known?.supervision === supervision) return known;
  const outlook = lookOut(core, supervision);
  outlooks.set(core.watches, outlook);
  return outlook;
};

/** When one who waits for silence, or for its end, is due; after an instant. */
const heardDueAt = ({ heard }: Core, silence: Silence, after: Instant): Instant | null =>
  silence === 'until-heard' ? heardAgainAt(heard, after) : silenceDueAt(heard, after, silence);

/** The sooner of what was found and what else is due, where that lies ahead. */
const sooner = (found: Instant | null, dueAt: Instant | null, after: Instant): Instant | null =>
  dueAt !== null && dueAt > after && (found === null || dueAt < found) ? dueAt : found;

/**
 * When a wearer must be evaluated again although nothing arrives. Evidence that runs out, and fixes
 * that stay away while the device is heard, need no waking: the next input finds them.
 */
export const nextDueAt = (core: Core, after: Instant): Instant | null => {
  const { dueAts, silences } = waitsOf(core);
  let next: Instant | null = null;
  for (const dueAt of dueAts) next = sooner(next, dueAt, after);
  for (const silence of silences) next = sooner(next, heardDueAt(core, silence, after), after);
  return next;
};

/** The next instant at which something changes although nothing arrives. */
const nextDueInFold = (core: Core, supervision: Supervision): Instant | null => {
  const after = core.foldedUntil;
  const { fixlessSeconds, stale } = outlookOf(core, supervision);
  let next = sooner(nextDueAt(core, after), silenceAt(core), after);
  for (const watch of stale) {
    const newest = newestEvidenceAt(watch, core);
    if (newest === null) continue;
    next = sooner(next, staleFrom(newest, watch.staleAfterSeconds), after);
  }
  if (core.lastFix === null) return next;
  for (const seconds of fixlessSeconds) {
    next = sooner(next, secondsAfter(core.lastFix.at, seconds), after);
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

/**
 * Goes through the next due instant, where it is due by `until`; null: nothing is.
 */
export const passNextDue = (core: Core, supervision: Supervision, until: Instant): Core | null => {
  const dueAt = nextDueInFold(core, supervision);
  return dueAt === null || dueAt > until ? null : passDueInstant(core, supervision, dueAt);
};

/** Goes through every due instant up to and including `until`. */
export const passDueInstants = (core: Core, supervision: Supervision, until: Instant): Core => {
  let passed = core;
  for (;;) {
    const next = passNextDue(passed, supervision, until);
    if (next === null) return passed;
    passed = next;
  }
};
