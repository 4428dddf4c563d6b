import type { Instant } from '../model/instant.ts';
import type { ActiveInterval } from '../time/interval-sets.ts';
import type { Followed, ProgressFacts } from './facts.ts';
import { isHeldAgainst } from './standing.ts';

/** What became of a check. `unclear`: nothing on record speaks for either. */
export type CheckOutcome = 'kept' | 'late' | 'failed' | 'missed' | 'excused' | 'unclear' | 'ahead';

export type AnsweredCheck = Readonly<{
  conditionId: Followed['conditionId'];
  askedAt: Instant;
  outcome: CheckOutcome;
}>;

const holds = (all: readonly ActiveInterval[], at: Instant): boolean =>
  all.some(({ startAt, endAt }) => startAt <= at && at < endAt);

const outcomeOf = (
  followed: Followed,
  { violations, now }: ProgressFacts,
  { askedAt, expiresAt }: Followed['checks'][number],
): CheckOutcome => {
  if (expiresAt > now) return 'ahead';
  const found = violations.filter(
    (one) => one.conditionId === followed.conditionId && one.openedAt === askedAt,
  );
  const held = found.filter(isHeldAgainst).map(({ reason }) => reason);
  if (held.includes('check-expired')) return 'missed';
  if (held.includes('check-failed')) return 'failed';
  if (held.includes('check-late')) return 'late';
  const { permitted, said } = followed;
  if (found.some(({ endReason, status }) => status !== 'withdrawn' || endReason === 'excused')) {
    return 'excused';
  }
  if (holds(permitted, askedAt) || holds(permitted, expiresAt)) return 'excused';
  const isPassed = said.some(
    ({ verdict, startAt, endAt }) =>
      verdict === 'satisfied' && startAt < expiresAt && endAt > askedAt,
  );
  return isPassed ? 'kept' : 'unclear';
};

/** Every check that was asked in the period while its condition bound the wearer, or permitted. */
export const checksIn = (facts: ProgressFacts): AnsweredCheck[] => {
  const { fromAt, toAt } = facts.period;
  return facts.followed
    .filter(({ rule }) => rule === 'check-missed')
    .flatMap((followed) =>
      followed.checks
        .filter(({ askedAt }) => askedAt >= fromAt && askedAt < toAt)
        .filter(({ askedAt }) => holds([...followed.hours, ...followed.permitted], askedAt))
        .map((check) => ({
          ...{ conditionId: followed.conditionId, askedAt: check.askedAt },
          outcome: outcomeOf(followed, facts, check),
        })),
    )
    .sort((a, b) => a.askedAt - b.askedAt);
};
