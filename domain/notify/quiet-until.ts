import { isWithinHours } from '../escalate/within-hours.ts';
import type { QuietHours } from '../model/contact.ts';
import { type Instant, instant, MINUTE_MILLISECONDS, secondsAfter } from '../model/instant.ts';

/** Nobody is quiet for longer without a break; whoever wants that turns nudges off. */
const LONGEST_MINUTES = 7 * 24 * 60;

/** The first whole minute after an instant at which somebody is not to be left alone any more. */
const endOf = (quiet: QuietHours, at: Instant): Instant | null => {
  const nextMinute = instant((Math.floor(at / MINUTE_MILLISECONDS) + 1) * MINUTE_MILLISECONDS);
  for (let n = 0; n <= LONGEST_MINUTES; n += 1) {
    const minute = secondsAfter(nextMinute, 60 * n);
    if (!isWithinHours(quiet, [], minute)) return minute;
  }
  return null;
};

/**
 * Until when somebody wants to be left alone, by the wall clock of their zone; `now`: they do not;
 * `for-good`: for a week and more.
 */
export const quietUntil = (quiet: QuietHours | null, at: Instant): Instant | 'now' | 'for-good' =>
  quiet === null || !isWithinHours(quiet, [], at) ? 'now' : (endOf(quiet, at) ?? 'for-good');
