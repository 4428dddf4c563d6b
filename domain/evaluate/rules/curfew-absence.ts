import * as z from 'zod';
import { certaintySchema } from '../../model/conditions/certainty.ts';
import { graceSecondsSchema } from '../../model/conditions/curfew.ts';
import { earliest, type Instant, instant, secondsAfter } from '../../model/instant.ts';
import type { ViolationReason } from '../../model/reasons.ts';
import type { ActiveInterval } from '../../time/interval-sets.ts';
import { isStale } from '../freshness.ts';
import { hoursAt } from '../hours.ts';
import { CLEAR_PROBABILITY } from '../position/constants.ts';
import { askAboutPlace } from '../position/question.ts';
import { type ConditionOf, defineRule, type Judgement, type Memory, type Seen } from '../rule.ts';

const thresholds = z.object({ certainty: certaintySchema, graceSeconds: graceSecondsSchema });
type Asked = Seen<ConditionOf<'curfew'>, z.infer<typeof thresholds>>;

/** Memory of an earlier window says nothing of this one. */
const withinWindow = (memory: Memory, window: ActiveInterval): Memory =>
  Object.fromEntries(Object.entries(memory).filter(([, markedAt]) => markedAt >= window.startAt));

/** Says only what the data show: somebody never seen at home in this window has not "left". */
const absenceReason = (
  absence: Readonly<{ outSince: Instant; homeSince: number | null }>,
  window: ActiveInterval,
): ViolationReason => {
  if (absence.outSince === window.startAt) return 'out-at-start';
  return absence.homeSince === null ? 'out-during' : 'left-during';
};

const judgeAbsence = (seen: Asked, window: ActiveInterval, memory: Memory): Judgement => {
  const { watch, at } = seen;
  const outSince = instant(memory.outSince ?? at);
  const graceEndsAt = secondsAfter(outSince, watch.thresholds.graceSeconds);
  const kept = { ...memory, outSince };
  const { edgeAt } = hoursAt(watch.active, at);
  if (at < graceEndsAt) {
    const dueAt = earliest([graceEndsAt, edgeAt]);
    return { verdict: 'undetermined', reason: 'within-grace', memory: kept, dueAt };
  }
  if (seen.newestEvidenceAt === null || seen.newestEvidenceAt < window.startAt) {
    const reason = 'no-evidence-since-start';
    return { verdict: 'undetermined', reason, memory: kept, dueAt: edgeAt };
  }
  const reason = absenceReason({ outSince, homeSince: memory.homeSince ?? null }, window);
  const claims = 'elsewhere';
  return { verdict: 'violated', reason, since: outSince, claims, memory: kept, dueAt: edgeAt };
};

/**
 * The wearer must be at the curfew address during its hours. An absence becomes a violation when it
 * has lasted longer than the grace, counted from the start of the curfew or from when the wearer
 * was first believed away; the violation speaks of the absence from its beginning.
 */
export const curfewAbsence = defineRule({
  name: 'curfew-absence',
  says: 'The wearer is at the curfew address during its hours.',
  kinds: ['curfew'],
  suffix: null,
  thresholds,
  usual: { certainty: 0.95, graceSeconds: 300 },
  basis: {
    certainty: 'chosen in simulation with known truth; the position model decides',
    graceSeconds: 'five minutes, the fixed buffer of a field manual (Attenti)',
  },
  question: ({ place }, { sources }) => askAboutPlace(sources.place(place)),
  judge: (seen) => {
    const { watch, believed, at } = seen;
    const { window, edgeAt, isKnown } = hoursAt(watch.active, at);
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
    if (believed.elsewhere < watch.thresholds.certainty) {
      return { ...undetermined, reason: 'uncertain' };
    }
    return judgeAbsence(seen, window, memory);
  },
});
