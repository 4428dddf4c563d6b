import type { AlertClass } from '../model/alert-class.ts';
import type { Order } from '../model/order.ts';
import { REASONS } from '../model/reasons.ts';
import type { Severity } from '../model/severity.ts';
import type { Violation } from '../model/violation.ts';

const STEPS: readonly Severity[] = ['moderate', 'severe', 'extreme'];

/** Below this a finding is likely rather than observed, in CAP's words for certainty. */
const OBSERVED_CERTAINTY = 0.9;

/** Somebody else's safety hangs on these: doubt makes none of them milder. */
const PROTECTS: readonly AlertClass[] = ['victim-proximity', 'exclusion-zone'];

type Found = Pick<Violation, 'reason' | 'conditionKind' | 'certainty'>;
type Standing = Pick<Order, 'riskLevel' | 'mappa'>;

/** Whether somebody is under MAPPA level 2 or 3, or at very high risk. */
export const isWatchedClosely = ({ riskLevel, mappa }: Standing): boolean =>
  riskLevel === 'very-high' || (mappa?.level ?? 1) >= 2;

/**
 * How grave an alert is: its reason; graver by one for very high risk or MAPPA level 2 and 3;
 * milder by one where it is less than 90 % certain and no protection of others hangs on it.
 */
export const severityOf = (found: Found, order: Standing): Severity => {
  const { reason, conditionKind, certainty } = found;
  const isDoubtful = certainty !== null && certainty < OBSERVED_CERTAINTY;
  const isMilder = isDoubtful && !PROTECTS.includes(conditionKind);
  const step = REASONS[reason].gravity + (isWatchedClosely(order) ? 1 : 0) - (isMilder ? 1 : 0);
  return STEPS[Math.min(Math.max(step, 0), STEPS.length - 1)] ?? 'extreme';
};

/**
 * Whether an alert that would close by itself stays open until a person has written why: where
 * MAPPA level 2 or 3 or very high risk forbid that it clears unseen, and of the gravest.
 */
export const isReviewed = (found: Found, order: Standing): boolean =>
  isWatchedClosely(order) || severityOf(found, order) === 'extreme';
