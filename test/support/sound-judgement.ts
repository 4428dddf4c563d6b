import { expect } from 'vitest';
import type {
  Judgement,
  NotApplicableReason,
  SatisfiedReason,
  UndeterminedReason,
} from '#domain/evaluate/rule.ts';
import type { Instant } from '#domain/model/instant.ts';
import { violationReasonSchema } from '#domain/model/reasons.ts';

const SATISFIED: Readonly<Record<SatisfiedReason, true>> = {
  ...{ 'clear-of-zone': true, 'within-zone': true, 'at-home': true, 'at-appointment': true },
  ...{ 'within-limit': true, 'far-apart': true, 'in-order': true },
};
const NOT_APPLICABLE: Readonly<Record<NotApplicableReason, true>> = {
  ...{ 'outside-hours': true, permitted: true, covered: true, 'not-there': true },
  'awaiting-answer': true,
};
const UNDETERMINED: Readonly<Record<UndeterminedReason, true>> = {
  ...{ 'no-recent-evidence': true, 'near-the-edge': true, 'fix-in-zone': true },
  ...{ 'signals-disagree': true, uncertain: true, 'within-grace': true, 'not-there-yet': true },
  ...{ 'no-evidence-since-start': true, 'hours-unknown': true, 'not-yet-in-force': true },
  ...{ 'not-heard-yet': true, 'not-reported': true, 'rule-failed': true },
};
const REASONS: Readonly<Record<Judgement['verdict'], (reason: string) => boolean>> = {
  violated: (reason) => violationReasonSchema.safeParse(reason).success,
  satisfied: (reason) => Object.hasOwn(SATISFIED, reason),
  'not-applicable': (reason) => Object.hasOwn(NOT_APPLICABLE, reason),
  undetermined: (reason) => Object.hasOwn(UNDETERMINED, reason),
};

/**
 * What holds of every judgement: its words are known, it remembers numbers, it wakes nobody for
 * what is past, and no violation begins after it was found.
 */
export const expectSound = (judgement: Judgement, at: Instant): void => {
  const { verdict, reason, memory, dueAt } = judgement;
  expect(Object.keys(REASONS)).toContain(verdict);
  expect(REASONS[verdict](reason), `${verdict} by reason of ${reason}`).toBe(true);
  expect(Object.values(memory).filter((value) => !Number.isFinite(value))).toEqual([]);
  if (dueAt !== null) expect(dueAt).toBeGreaterThan(at);
  if (judgement.verdict === 'violated') expect(judgement.since).toBeLessThanOrEqual(at);
};
