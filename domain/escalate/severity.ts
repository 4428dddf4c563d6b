import type { Severity } from '../model/alert.ts';
import type { Order } from '../model/order.ts';
import { REASONS, type ViolationReason } from '../model/reasons.ts';

const STEPS: readonly Severity[] = ['moderate', 'severe', 'extreme'];

/** How grave an alert is: its reason, raised by one for very high risk or MAPPA level 2 and 3. */
export const severityOf = (
  reason: ViolationReason,
  order: Pick<Order, 'riskLevel' | 'mappa'>,
): Severity => {
  const isRaised = order.riskLevel === 'very-high' || (order.mappa?.level ?? 1) >= 2;
  const step = REASONS[reason].gravity + (isRaised ? 1 : 0);
  return STEPS[Math.min(step, STEPS.length - 1)] ?? 'extreme';
};
