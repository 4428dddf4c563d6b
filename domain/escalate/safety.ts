import { REASONS } from '../model/reasons.ts';
import type { Violation } from '../model/violation.ts';

/**
 * Whether somebody's safety is or may be at stake: then no quiet hour, no pause by one person and
 * no throttle holds the alert back.
 */
export const isSafety = ({ reason }: Pick<Violation, 'reason'>): boolean => {
  const { gravity, telling } = REASONS[reason];
  return gravity >= 1 && telling === 'alert';
};
