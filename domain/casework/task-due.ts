import type { CaseworkPolicy } from '../model/casework-policy.ts';
import { HOUR_SECONDS, type Instant, secondsAfter } from '../model/instant.ts';
import type { TaskKind } from '../model/task-kind.ts';
import { knownTimeZone } from '../time/local-clock.ts';
import type { Task } from './task.ts';
import { dueAfterWorkingDays, isBeyondHolidays } from './working-days.ts';

/** A policy with the days and the zone that its clocks go by. */
export type CaseworkTerms = Readonly<{
  policy: CaseworkPolicy;
  timeZone: string;
  holidays: readonly string[];
}>;

/** Tasks whose time follows from a clock; of the others a document says when. */
export type ClockedKind = Exclude<
  TaskKind,
  'assessment-review' | 'plan-review' | 'contact-due' | 'visit-due'
>;

/** Kinds whose time is counted in working days. */
const IN_WORKING_DAYS: readonly TaskKind[] = [
  ...(['action-on-violation', 'em-report', 'referral-follow-up'] as const),
  ...(['message-unread', 'checks-unasked'] as const),
];

/**
 * Whether a task is due by working days that go beyond the holidays that are known: where the
 * policy names a calendar, which has to be carried on. It may be due later than it says.
 */
export const isDueBeyondHolidays = (
  { kind, dueAt }: Pick<Task, 'kind' | 'dueAt'>,
  { policy, timeZone, holidays }: CaseworkTerms,
): boolean =>
  policy.holidaysId !== null &&
  IN_WORKING_DAYS.includes(kind) &&
  isBeyondHolidays(dueAt, { timeZone: knownTimeZone(timeZone) ?? 'UTC', holidays });

/** By when a task of a kind has to be done whose clock starts at an instant. */
export const taskDueAt = (
  kind: ClockedKind,
  from: Instant,
  { policy: { clocks }, timeZone, holidays }: CaseworkTerms,
): Instant => {
  // No task waits for a zone: one that the tz database lacks is read in UTC.
  const calendar = { timeZone: knownTimeZone(timeZone) ?? 'UTC', holidays };
  switch (kind) {
    case 'action-on-violation':
      return dueAfterWorkingDays(from, clocks.actionWorkingDays, calendar);
    case 'em-report':
      return dueAfterWorkingDays(from, clocks.reportWorkingDays, calendar);
    case 'recall-part-a':
      return secondsAfter(from, clocks.recallPartAHours * HOUR_SECONDS);
    case 'referral-follow-up':
      return dueAfterWorkingDays(from, clocks.referralWorkingDays, calendar);
    case 'message-unread':
    case 'checks-unasked':
      return dueAfterWorkingDays(from, clocks.messageWorkingDays, calendar);
    default:
      return kind satisfies never;
  }
};
