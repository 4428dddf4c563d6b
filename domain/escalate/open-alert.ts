import type { Alert, Track } from '../model/alert.ts';
import { type AlertId, alertIdSchema, type ViolationId } from '../model/ids.ts';
import { type Instant, secondsAfter } from '../model/instant.ts';
import type { Policy } from '../model/person.ts';
import { tellingOf } from '../model/reasons.ts';
import type { Violation } from '../model/violation.ts';
import type { Moment, Opening } from './alert-commands.ts';

/** One violation has one alert, whatever is sent again. */
export const alertIdOf = (violationId: ViolationId): AlertId => alertIdSchema.parse(violationId);

/** Whether nobody has to act on it at once: what is over, and what is only to be known of. */
export const isQuiet = ({ isOldNews, reason }: Violation): boolean =>
  isOldNews || tellingOf(reason) === 'prompt';

/** How quickly a violation that opens is told of, and from when. */
export const startOf = (
  violation: Violation,
  policy: Policy,
  now: Instant,
): Readonly<{ track: Track; nextStepAt: Instant }> =>
  isQuiet(violation)
    ? { track: 'review', nextStepAt: now }
    : { track: 'page', nextStepAt: secondsAfter(now, policy.steps[0]?.delaySeconds ?? 0) };

/** An alert as it begins, before anything of it is due. */
export const openAlert = (
  violation: Violation,
  opening: Opening,
  { now, roster }: Moment,
): Alert => {
  const { policy, severity } = opening;
  const alertId = alertIdOf(violation.violationId);
  const { track, nextStepAt } = { ...startOf(violation, policy, now), ...opening.hold };
  return {
    alertId,
    episode: opening.episode ?? { episodeId: alertId, follows: null, countsFor: [] },
    isTest: opening.isTest ?? false,
    wearerId: violation.wearerId,
    violationId: violation.violationId,
    orderId: violation.orderId,
    conditionId: violation.conditionId,
    conditionKind: violation.conditionKind,
    severity,
    track,
    status: 'open',
    openedAt: now,
    epoch: 1,
    changed: { at: now, by: null, what: 'alert-opened' },
    sequence: 0,
    policyId: policy.policyId,
    policyVersion: opening.policyVersion,
    policy,
    step: 0,
    loop: 0,
    firstLoop: 0,
    nextDueAt: nextStepAt,
    nextStepAt,
    ran: null,
    waiting: [],
    later: [],
    acknowledgements: [],
    acknowledgementsNeeded: policy.secondPersonFor.includes(severity) ? 2 : 1,
    isReviewed: opening.isReviewed,
    cleared: null,
    closed: null,
    told: [],
    feeds: [],
    counted: [],
    held: opening.hold?.held,
    facts: opening.facts,
    responsibleOfficer: roster.responsibleOfficer,
  };
};
