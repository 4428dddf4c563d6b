import type { Instant } from '../model/instant.ts';
import type { Nudge } from '../model/nudge.ts';

/** Why a nudge is not sent. It stands on the nudge's row. */
export type NotSent = 'no-mobile-on-record' | 'over-before-sent' | 'too-late';

/** Why a nudge is of no use at an instant; null where it is of use. */
export const whyNotSent = ({ mobile, isOver, untilAt }: Nudge, at: Instant): NotSent | null => {
  if (isOver) return 'over-before-sent';
  if (untilAt !== null && at >= untilAt) return 'too-late';
  return mobile === null ? 'no-mobile-on-record' : null;
};
