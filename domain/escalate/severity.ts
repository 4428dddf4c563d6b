import type { Severity } from '../model/alert.ts';
import type { ConditionKind, Order } from '../model/order.ts';

const STEPS: readonly Severity[] = ['moderate', 'severe', 'extreme'];

/** Where each kind starts: somebody's safety is at stake in a zone, a duty in a curfew. */
const BASE: Readonly<Record<ConditionKind, number>> = { 'exclusion-zone': 1, curfew: 0 };

/** How grave an alert is: its kind, raised by one for very high risk or for MAPPA level 2 and 3. */
export const severityOf = (
  kind: ConditionKind,
  order: Pick<Order, 'riskLevel' | 'mappa'>,
): Severity => {
  const isRaised = order.riskLevel === 'very-high' || (order.mappa?.level ?? 1) >= 2;
  return STEPS[Math.min(BASE[kind] + (isRaised ? 1 : 0), STEPS.length - 1)] ?? 'extreme';
};
