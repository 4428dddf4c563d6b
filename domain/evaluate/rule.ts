import type * as z from 'zod';
import type { DeviceEvent } from '../model/device-event.ts';
import type { Instant } from '../model/instant.ts';
import type { Condition, ConditionKind } from '../model/order.ts';
import type { ViolationReason } from '../model/reasons.ts';
import type { RuleName } from '../model/rule-name.ts';
import type { Thresholds } from '../model/threshold-policy.ts';
import type { CompiledTimetable } from '../time/compile-timetable.ts';
import type { Core } from './core.ts';
import { EVER } from './hours.ts';
import type { Closeness } from './pair/closeness.ts';
import type { Hypothesis, Weights } from './position/hypotheses.ts';
import type { Question } from './position/question.ts';
import type { Sources } from './sources.ts';
import type { Watch } from './supervision.ts';

/** Numbers that a rule carries from one judgement to the next, under names of its own. */
export type Memory = Readonly<Record<string, number>>;

/** What a rule may look at, as of the instant that it is asked about. */
export type Seen<C extends Condition = Condition, T extends Thresholds = Thresholds> = Readonly<{
  watch: Watch<C, T>;
  /** Probability of each hypothesis of the watch's question; all 0 where it asks none. */
  believed: Weights;
  memory: Memory;
  /** The newest evidence of whereabouts that its question can use. */
  newestEvidenceAt: Instant | null;
  /** Everything known of the wearer, the watches judged before this one included. */
  core: Core;
  /** What is being folded; null where only time has passed. */
  input: DeviceEvent | null;
  /** Where the wearer was before the fix that is being folded; null for anything else. */
  cameFrom: Core['lastFix'];
  at: Instant;
}>;

/** A violation that was over by the time that the data showed it. */
export type Past = Readonly<{
  reason: ViolationReason;
  since: Instant;
  until: Instant;
  /** Null for a plain fact. */
  certainty: number | null;
}>;

/** What every answer holds beside its verdict. */
export type Answer = Readonly<{
  memory: Memory;
  /** What is found beside the verdict: it began and ended before. */
  past?: Past;
  /** An open violation's reason, where it can be told more exactly when it ends. */
  endsAs?: ViolationReason;
  /** When the answer may change without new evidence; null if it cannot. */
  dueAt: Instant | null;
  /**
   * Judge again when nothing was received for so long, seconds of our clock; `until-heard`: as soon
   * as something is. Absent: receipts do not matter.
   */
  silence?: number | 'until-heard';
  /** Judge again when no fix was recorded for so long, seconds. Absent: it does not matter. */
  fixlessSeconds?: number;
  /**
   * Whether a fix that leaves all beliefs settled leaves this as it is; `in-zone`: only one that
   * lies in the zone that is asked about. Absent: unless it is undetermined.
   */
  rests?: boolean | 'in-zone';
}>;

/**
 * `covered`: another watch of the condition tells of it; `not-there`: they are somewhere else;
 * `awaiting-answer`: the wearer has been asked, and still has time.
 */
export type NotApplicableReason =
  | 'outside-hours'
  | 'permitted'
  | 'covered'
  | 'not-there'
  | 'awaiting-answer';
export type SatisfiedReason =
  | 'clear-of-zone'
  | 'within-zone'
  | 'at-home'
  | 'at-appointment'
  | 'within-limit'
  | 'far-apart'
  | 'in-order';
/** `fix-in-zone`: the newest fix lies in the zone, and something else explains it better. */
export type UndeterminedReason =
  | 'no-recent-evidence'
  | 'near-the-edge'
  | 'fix-in-zone'
  | 'signals-disagree'
  | 'uncertain'
  | 'within-grace'
  | 'not-there-yet'
  | 'no-evidence-since-start'
  | 'hours-unknown'
  | 'not-yet-in-force'
  | 'not-heard-yet'
  | 'not-reported'
  | 'rule-failed';

/** A rule's answer. No data never reads as compliance, and never as guilt: it is `undetermined`. */
export type Judgement = Answer &
  (
    | Readonly<{
        verdict: 'violated';
        reason: ViolationReason;
        since: Instant;
        /** Which hypothesis it rests on; null for a plain fact, which nothing was weighed for. */
        claims: Hypothesis | null;
        /** Of a nudge: from when on it is of no use. */
        untilAt?: Instant;
        /** Of a pair: how far apart the two are. */
        distanceMetres?: number | undefined;
      }>
    | Readonly<{ verdict: 'satisfied'; reason: SatisfiedReason }>
    | Readonly<{ verdict: 'not-applicable'; reason: NotApplicableReason }>
    | Readonly<{ verdict: 'undetermined'; reason: UndeterminedReason }>
  );

/** The conditions of some kinds. */
export type ConditionOf<K extends ConditionKind> = Extract<Condition, { kind: K }>;

/** What a question is made of beside the condition: which watch it is for, and by what numbers. */
type Asked = Readonly<{ tier: string; sources: Sources; thresholds: Thresholds }>;

/** A rule as its own file writes it: of which conditions, by which numbers, and how it judges. */
type Own<K extends ConditionKind, S extends z.ZodObject> = Readonly<{
  name: RuleName;
  /** What it watches, in a sentence. */
  says: string;
  kinds: readonly K[];
  /** Tells its watches from those of the condition's other rules; null for the first of them. */
  suffix: string | null;
  /** Several watches of one condition, such as a zone and its buffer; one, named '', if absent. */
  tiers?: (condition: ConditionOf<K>) => readonly string[];
  /** When it applies; absent: as the condition's own timetable says, or at all hours. */
  hours?: (
    condition: ConditionOf<K>,
    asked: Readonly<{ tier: string; sources: Sources }>,
  ) => CompiledTimetable;
  thresholds: S;
  /** The numbers where neither order nor agency sets any, and on what each rests. */
  usual: z.infer<S> & Thresholds;
  basis: Readonly<Record<keyof z.infer<S>, string>>;
  /** Whether what it remembers is of the device; a rule that asks a question's always is. */
  isOfDevice?: boolean;
  /** Whether a permission lifts it: it says where the wearer is to be, or not to be. */
  isPermissible?: boolean;
  /** Whether it minds where the wearer came along between two fixes, and not only the fixes. */
  mindsWays?: boolean;
  /** Which events speak for what it found; absent: those that its question says. */
  isEvidence?: (event: DeviceEvent, openedAt: Instant) => boolean;
  /** What it asks of the position model; absent: nothing. */
  question?: (condition: ConditionOf<K>, asked: Asked) => Question | null;
  /** Of a rule that joins two people: how near counts as together; null where a watch asks not. */
  closeness?: (watch: Watch<ConditionOf<K>, z.infer<S> & Thresholds>) => Closeness | null;
  judge: (seen: Seen<ConditionOf<K>, z.infer<S> & Thresholds>) => Judgement;
}>;

/** A rule among the others, whatever its conditions and numbers. */
export type Rule = Readonly<{
  name: RuleName;
  says: string;
  kinds: readonly ConditionKind[];
  suffix: string | null;
  thresholds: z.ZodObject;
  usual: Thresholds;
  basis: Readonly<Record<string, string>>;
  isOfDevice?: boolean;
  mindsWays?: boolean;
  isPermissible?: boolean;
  isEvidence?: (event: DeviceEvent, openedAt: Instant) => boolean;
  tiersOf: (condition: Condition) => readonly string[];
  hoursOf: (
    condition: Condition,
    asked: Readonly<{ tier: string; sources: Sources }>,
  ) => CompiledTimetable;
  questionOf: (condition: Condition, asked: Asked) => Question | null;
  /** Whether it joins two people, who are then evaluated as a pair. */
  isOfPair: boolean;
  closenessOf: (watch: Watch) => Closeness | null;
  judge: (seen: Seen) => Judgement;
}>;

/** A rule, fit to stand in the list of all. It throws where it is asked about another's watch. */
export const defineRule = <K extends ConditionKind, S extends z.ZodObject>(
  own: Own<K, S>,
): Rule => {
  const isOfKind = (condition: Condition): condition is ConditionOf<K> =>
    own.kinds.some((kind) => kind === condition.kind);
  const isOwnWatch = (watch: Watch): watch is Watch<ConditionOf<K>, z.infer<S> & Thresholds> =>
    watch.rule === own.name && isOfKind(watch.condition);
  const isOwn = (seen: Seen): seen is Seen<ConditionOf<K>, z.infer<S> & Thresholds> =>
    isOwnWatch(seen.watch);
  return {
    ...own,
    tiersOf: (condition) =>
      !isOfKind(condition) ? [] : own.tiers === undefined ? [''] : own.tiers(condition),
    hoursOf: (condition, asked) => {
      if (isOfKind(condition) && own.hours) return own.hours(condition, asked);
      const id = 'timetableId' in condition ? condition.timetableId : null;
      return id === null ? EVER : asked.sources.timetable(id).value.compiled;
    },
    questionOf: (condition, asked) =>
      isOfKind(condition) ? (own.question?.(condition, asked) ?? null) : null,
    isOfPair: own.closeness !== undefined,
    closenessOf: (watch) => (isOwnWatch(watch) ? (own.closeness?.(watch) ?? null) : null),
    judge: (seen) => {
      if (!isOwn(seen)) throw new TypeError(`${own.name} was asked about ${seen.watch.rule}`);
      return own.judge(seen);
    },
  };
};
