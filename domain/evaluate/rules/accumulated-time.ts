import type * as z from 'zod';
import { atvThresholds } from '../../model/conditions/curfew.ts';
import { type Instant, laterOf } from '../../model/instant.ts';
import {
  type Absences,
  absencesIn,
  addedUp,
  asMemory,
  beginAbsence,
  endAbsence,
  limitCrossedAt,
  limitOf,
} from '../added-minutes.ts';
import { type Mark, stateCalled } from '../core.ts';
import { EVER, within } from '../hours.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';

type Asked = Seen<ConditionOf<'curfew'>, z.infer<typeof atvThresholds>>;

const WARNING = 'warning';

/** From when the absence counts that the curfew's watch has just found, or found again. */
const startOf = (seen: Asked, { ended }: Absences): Instant => {
  const { core, watch, at } = seen;
  const isOpen = ({ endedAt, watchId }: Mark) => endedAt === null && watchId === watch.firstWatchId;
  const openedAt = core.marks.find(isOpen)?.openedAt ?? at;
  // After a time without evidence, which counts for nothing, it counts from now on.
  const wasUnseen = stateCalled(core, watch.firstWatchId)?.memory.unseenAt !== undefined;
  return wasUnseen || ended.some(({ until }) => until > openedAt) ? at : openedAt;
};

const lastEvidenceAt = ({ core, at }: Asked): Instant => {
  const known = [core.lastFix?.at, core.lastCheckAt].flatMap((seenAt) => seenAt ?? []);
  return known.length === 0 ? at : known.reduce(laterOf);
};

/** The absences known now. Where evidence ran out, they count until the last that there was. */
const absencesNow = (seen: Asked): Absences => {
  const known = absencesIn(seen.memory);
  const curfew = seen.core.watches[seen.watch.firstWatchId];
  if (curfew?.verdict === 'violated') return beginAbsence(known, startOf(seen, known));
  const isUnseen = curfew?.reason === 'no-recent-evidence';
  return endAbsence(
    known,
    limitOf(seen.watch.thresholds),
    isUnseen ? lastEvidenceAt(seen) : seen.at,
  );
};

const judgeLimit = (seen: Asked): Judgement => {
  const { watch, at } = seen;
  const limit = limitOf(watch.thresholds);
  const absences = absencesNow(seen);
  const answer = { memory: asMemory(absences), dueAt: limitCrossedAt(absences, limit, at) };
  return addedUp(absences, limit, at) >= limit.most
    ? { ...answer, verdict: 'violated', reason: 'atv-limit-reached', since: at, claims: null }
    : { ...answer, verdict: 'satisfied', reason: 'within-limit' };
};

/** What the watch on the limit has added up comes near to it. */
const judgeWarning = (seen: Asked): Judgement => {
  const { watch, core, memory, at } = seen;
  const limit = limitOf(watch.thresholds);
  const main = stateCalled(core, `${watch.firstWatchId}.accumulated`);
  const absences = absencesIn(main?.memory ?? {});
  const near = { ...limit, most: Math.round(limit.most * watch.thresholds.atvWarningShare) };
  const isNear = addedUp(absences, near, at) >= near.most;
  const dueAt = limitCrossedAt(absences, near, at);
  if (isNear && (main?.verdict === 'violated' || memory.coveredAt !== undefined)) {
    const kept = { coveredAt: memory.coveredAt ?? at };
    return { verdict: 'not-applicable', reason: 'covered', memory: kept, dueAt };
  }
  const answer = { memory: {}, dueAt };
  return isNear
    ? { ...answer, verdict: 'violated', reason: 'atv-near-limit', since: at, claims: null }
    : { ...answer, verdict: 'satisfied', reason: 'within-limit' };
};

/**
 * Unexcused minutes of absence from a curfew add up (accumulated time violation). They count from
 * the beginning of a violation of the curfew for as long as the wearer is believed away on fresh
 * evidence: the grace before counts with them, time that nobody saw does not. What was permitted,
 * before or after, is no absence; an excuse folds the time again, and takes its minutes back.
 */
export const accumulatedTime = defineRule({
  name: 'accumulated-time',
  says: 'Unexcused minutes of absence from a curfew add up to less than its limit.',
  kinds: ['curfew'],
  suffix: 'accumulated',
  tiers: ({ atvMinutes }) => (atvMinutes === undefined ? [] : ['', WARNING]),
  hours: () => EVER,
  thresholds: atvThresholds,
  usual: { atvMinutes: 120, atvWarningShare: 100 / 120, atvDays: 366 },
  basis: {
    atvMinutes: 'two hours, the limit of home detention curfew (MoJ prototype)',
    atvWarningShare: 'at 100 of 120 minutes, as the MoJ prototype shows it',
    atvDays: 'our choice: an order of up to a year counts as a whole',
  },
  isEvidence: () => false,
  judge: (seen) =>
    within(seen, seen.watch.tier === WARNING ? judgeWarning : judgeLimit, ({ memory }) => ({
      memory,
    })),
});
