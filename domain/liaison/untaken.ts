import { conditionIdSchema } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import type { ViolationReason } from '../model/reasons.ts';
import { rejectionCauseSchema, type TroubleCause } from '../model/transfer-trouble.ts';
import type { Violation } from '../model/violation.ts';
import type { Transfer, Trouble } from './transfer.ts';

const reasonOf = (cause: TroubleCause): ViolationReason =>
  cause === 'aborted' || rejectionCauseSchema.safeParse(cause).success
    ? 'transfer-rejected'
    : 'transfer-not-accepted';

/** How a spell of trouble ended. */
export type SpellEnd = Readonly<{
  at: Instant;
  endReason: 'transfer-accepted' | 'transfer-closed';
}>;

/**
 * What an alert of its own is opened from where nobody at a liaison accepts an incident: it goes
 * through the same escalation as any other. One for each spell, amended when more is known of it.
 */
export const untakenViolation = (
  transfer: Transfer,
  trouble: Trouble,
  end: SpellEnd | null,
): Violation => {
  const { wearerId, orderId, orderVersion, incidentId, liaisonId, liaisonName } = transfer;
  const { alertId, about, severity, acceptance } = transfer;
  return {
    violationId: trouble.violationId,
    ...{ wearerId, orderId, orderVersion },
    conditionId: conditionIdSchema.parse(`transfer.${incidentId}`),
    conditionKind: 'transfer',
    rule: 'transfer',
    revision: trouble.revision + (end === null ? 0 : 1),
    status: end === null ? 'open' : 'ended',
    reason: reasonOf(trouble.cause),
    openedAt: trouble.since,
    endedAt: end?.at ?? null,
    endReason: end?.endReason ?? null,
    detectedAt: trouble.raisedAt,
    ...{ certainty: null, competing: null, distanceMetres: null },
    ...{ isLate: false, isOldNews: false, evidence: [] },
    transfer: {
      ...{ incidentId, liaisonId, liaisonName, alertId, about, severity },
      ...{ cause: trouble.cause, policyId: acceptance.policyId },
    },
  };
};
