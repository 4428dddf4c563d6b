import { earliest, type Instant, secondsAfter } from '../../model/instant.ts';
import type { Condition } from '../../model/order.ts';
import type { ViolationReason } from '../../model/violation.ts';
import type { ActiveInterval } from '../../time/interval-sets.ts';
import { isStale } from '../freshness.ts';
import { hoursAt } from '../hours.ts';
import { CLEAR_PROBABILITY } from '../position/constants.ts';
import type { Judgement, Memory, Rule, Seen } from '../rule.ts';

type Curfew = Extract<Condition, { kind: 'curfew' }>;

/**
 * The wearer must be at the curfew address during its hours. An absence becomes a violation when it
 * has lasted longer than the grace, counted from the start of the curfew or from when the wearer
 * was first believed away; the violation speaks of the absence from its beginning.
 */
export const judgeCurfew: Rule<Curfew> = (seen) => {
  const { supervised, believed, at } = seen;
  const { window, edgeAt, isKnown } = hoursAt(supervised.active, at);
  if (!isKnown) {
    const reason = 'hours-unknown';
    return { verdict: 'undetermined', reason, memory: seen.memory, dueAt: null };
  }
  if (window === null) {
    return { verdict: 'not-applicable', reason: 'outside-hours', memory: {}, dueAt: edgeAt };
  }
  const memory = withinWindow(seen.memory, window);
  const undetermined = { verdict: 'undetermined', memory, dueAt: edgeAt } as const;
  if (isStale(seen)) return { ...undetermined, reason: 'no-recent-evidence' };
  if (believed.home >= CLEAR_PROBABILITY) {
    const homeSince = memory.homeSince ?? at;
    return { verdict: 'satisfied', reason: 'at-home', memory: { homeSince }, dueAt: edgeAt };
  }
  if (believed.elsewhere < supervised.condition.certainty) {
    return { ...undetermined, reason: 'uncertain' };
  }
  return judgeAbsence(seen, window, memory);
};

/** Memory of an earlier window says nothing of this one. */
const withinWindow = (memory: Memory, window: ActiveInterval): Memory =>
  Object.fromEntries(Object.entries(memory).filter(([, markedAt]) => markedAt >= window.startAt));

const judgeAbsence = (seen: Seen<Curfew>, window: ActiveInterval, memory: Memory): Judgement => {
  const { supervised, believed, at } = seen;
  const outSince = memory.outSince ?? at;
  const graceEndsAt = secondsAfter(outSince, supervised.condition.graceSeconds);
  const kept = { ...memory, outSince };
  const { edgeAt } = hoursAt(supervised.active, at);
  if (at < graceEndsAt) {
    const dueAt = earliest([graceEndsAt, edgeAt]);
    return { verdict: 'undetermined', reason: 'within-grace', memory: kept, dueAt };
  }
  if (seen.newestEvidenceAt === null || seen.newestEvidenceAt < window.startAt) {
    const reason = 'no-evidence-since-start';
    return { verdict: 'undetermined', reason, memory: kept, dueAt: edgeAt };
  }
  const reason = absenceReason({ outSince, homeSince: memory.homeSince ?? null }, window);
  const certainty = believed.elsewhere;
  return { verdict: 'violated', reason, since: outSince, certainty, memory: kept, dueAt: edgeAt };
};

/** Says only what the data show: somebody never seen at home in this window has not "left". */
const absenceReason = (
  absence: Readonly<{ outSince: Instant; homeSince: Instant | null }>,
  window: ActiveInterval,
): ViolationReason => {
  if (absence.outSince === window.startAt) return 'out-at-start';
  return absence.homeSince === null ? 'out-during' : 'left-during';
};
