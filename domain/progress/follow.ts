import { addedUpBy } from '../evaluate/added-up.ts';
import type { Core } from '../evaluate/core.ts';
import { passNextDue } from '../evaluate/due-instants.ts';
import { applyInput, type Folded } from '../evaluate/fold.ts';
import { stateOf } from '../evaluate/judge-all.ts';
import { compareInputs, type Slice } from '../evaluate/slice.ts';
import type { Watch } from '../evaluate/supervision.ts';
import { type Era, eraAt, justBefore, type Timeline } from '../evaluate/timeline.ts';
import type { WatchId } from '../model/ids.ts';
import { earlierOf, type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import { isOwned } from '../model/wearer.ts';
import { type ActiveInterval, unite } from '../time/interval-sets.ts';
import { type AddedUp, MEASURED_RULES, type MeasuredRule, type Said } from './facts.ts';
import { stretch } from './stretches.ts';

const isMeasured = (name: string): name is MeasuredRule =>
  MEASURED_RULES.some((rule) => rule === name);

/** The rule of a watch whose words are gone through; null of any other, and of further tiers. */
export const measuredRuleOf = ({ rule, tier }: Watch): MeasuredRule | null =>
  tier === '' && isMeasured(rule) ? rule : null;

/** What each watch said through a stretch of time, and when there was something to go by. */
export type Course = Readonly<{
  said: ReadonlyMap<WatchId, readonly Said[]>;
  seen: readonly ActiveInterval[];
  addedUp: readonly AddedUp[];
}>;

type Word = Pick<Said, 'verdict' | 'reason'> & Readonly<{ at: Instant }>;

/** Where the following has got to. */
type Following = {
  readonly words: Map<WatchId, Word[]>;
  readonly seen: ActiveInterval[];
  folded: Folded;
  era: Era;
  /** The states that were noted last: most inputs leave them as they are. */
  noted: Core['watches'] | null;
};

/** Notes what the watches say from an instant on: a word goes on until another is said. */
const note = (following: Following): void => {
  const { core } = following.folded;
  if (core.watches === following.noted) return;
  following.noted = core.watches;
  for (const watch of following.era.supervision.watches) {
    if (measuredRuleOf(watch) === null) continue;
    const { verdict, reason } = stateOf(core, watch);
    const words = following.words.get(watch.watchId) ?? [];
    const last = words.at(-1);
    if (last?.verdict === verdict && last.reason === reason) continue;
    words.push({ at: core.foldedUntil, verdict, reason });
    following.words.set(watch.watchId, words);
  }
};

const moveTo = (following: Following, core: Core): void => {
  following.folded = { ...following.folded, core };
  note(following);
};

/** Goes through what falls due up to an instant, one thing after another. */
const passTo = (following: Following, until: Instant): void => {
  for (;;) {
    const next = passNextDue(following.folded.core, following.era.supervision, until);
    if (next === null) return;
    moveTo(following, next);
  }
};

/** Of a supervision that watches nothing: evidence is as old as it may be by the usual interval. */
const USUAL_STALE_SECONDS = 720;

const see = ({ seen, era }: Following, at: Instant): void => {
  const { staleAfterSeconds } = era.supervision.watches[0] ?? {};
  const endAt = secondsAfter(at, staleAfterSeconds ?? USUAL_STALE_SECONDS);
  const last = seen.at(-1);
  if (last === undefined || last.endAt < at) seen.push(stretch(at, endAt));
  else seen[seen.length - 1] = { ...last, endAt: laterOf(last.endAt, endAt) };
};

type Through = Readonly<{ timeline: Timeline; until: Instant }>;

const followSlice = (following: Following, slice: Slice, { timeline, until }: Through): void => {
  const era = eraAt(timeline, slice.startedAt);
  const isSame = following.era.key === era.key;
  following.era = era;
  following.folded = { ...following.folded, ...(isSame ? {} : { anchors: {} }), wasSafe: false };
  moveTo(following, slice.snapshot);
  for (const input of [...slice.inputs].sort(compareInputs)) {
    if (input.recordedAt > until || !isOwned(timeline.activations, input)) continue;
    passTo(following, input.recordedAt);
    following.folded = applyInput(following.folded, era.supervision, input);
    note(following);
    see(following, input.recordedAt);
  }
  passTo(following, until);
};

const saidOf = (words: readonly Word[], until: Instant): Said[] =>
  words.map(({ at: startAt, verdict, reason }, i) => ({
    ...{ startAt, endAt: words[i + 1]?.at ?? laterOf(startAt, until), verdict, reason },
  }));

const NOTHING_FOLLOWED: Course = { said: new Map(), seen: [], addedUp: [] };

/** What of a word lies from an instant on; null: nothing. */
const wordFrom = (word: Said, fromAt: Instant): Said | null =>
  word.endAt <= fromAt ? null : { ...word, startAt: laterOf(word.startAt, fromAt) };

/** Two courses of one wearer, the second from where the first ends. */
export const joined = (first: Course, second: Course, at: Instant): Course => ({
  said: new Map(
    [...new Set([...first.said.keys(), ...second.said.keys()])].map((watchId) => [
      watchId,
      [
        ...(first.said.get(watchId) ?? []),
        ...(second.said.get(watchId) ?? []).flatMap((word) => wordFrom(word, at) ?? []),
      ],
    ]),
  ),
  seen: unite([...first.seen, ...second.seen]),
  addedUp: second.addedUp,
});

/**
 * Goes once more through slices of the trail, oldest first, under what was in force, and notes each
 * word of the watches that success is measured by. Every slice begins from the snapshot that it was
 * kept with, so this finds what evaluation found, and no more. `until`: what was evaluated.
 */
export const follow = (timeline: Timeline, slices: readonly Slice[], until: Instant): Course => {
  const [first] = slices;
  if (first === undefined) return NOTHING_FOLLOWED;
  const following: Following = {
    ...{ words: new Map(), seen: [], noted: null, era: eraAt(timeline, first.startedAt) },
    folded: { core: first.snapshot, anchors: {}, wasSafe: false },
  };
  for (const [i, slice] of slices.entries()) {
    const nextAt = slices[i + 1]?.startedAt;
    const endAt = nextAt === undefined ? until : earlierOf(justBefore(nextAt), until);
    followSlice(following, slice, { timeline, until: endAt });
  }
  const { words, seen, folded, era } = following;
  return {
    said: new Map([...words].map(([watchId, own]) => [watchId, saidOf(own, until)])),
    seen,
    addedUp: era.supervision.watches.flatMap((watch) => {
      const sum = addedUpBy(watch, folded.core, until);
      if (sum === null) return [];
      const { conditionId } = watch.condition;
      return [{ conditionId, usedMinutes: sum.minutes, limitMinutes: sum.limitMinutes }];
    }),
  };
};
