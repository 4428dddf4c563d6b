import type { Decision } from '../casework/decision.ts';
import type { Alert } from '../model/alert.ts';
import { dispositionSchema } from '../model/closing.ts';
import type { AlertId } from '../model/ids.ts';
import type { Violation } from '../model/violation.ts';
import type { Found, ProgressFacts } from './facts.ts';
import { isBreach } from './standing.ts';

/** What people decided about a wearer: how they closed alerts, and what stands on record beside. */
export type Decided = Readonly<{ alerts: readonly Alert[]; decisions: readonly Decision[] }>;

/** The alerts that were closed with a decision which does not stand any more. */
const reopenedBy = (decisions: readonly Decision[]): ReadonlySet<AlertId> =>
  new Set(
    decisions.flatMap(({ withdrawn, closes }) =>
      withdrawn === null ? [] : closes.map(({ alertId }) => alertId),
    ),
  );

/** How the alert of each violation was closed; what was decided and taken back is no word on it. */
export const dispositionsOf = ({
  alerts,
  decisions,
}: Decided): ReadonlyMap<string, Found['disposition']> => {
  const reopened = reopenedBy(decisions);
  return new Map(
    alerts.map(({ violationId, alertId, closed }) => [
      violationId,
      reopened.has(alertId)
        ? null
        : (dispositionSchema.safeParse(closed?.disposition).data ?? null),
    ]),
  );
};

/** When breaches were begun that stand: by a decision, or by closing an alert as that. */
export const breachesIn = (
  violations: readonly Violation[],
  decided: Decided,
): ProgressFacts['breaches'] => {
  const dispositions = dispositionsOf(decided);
  const orderOf = new Map(violations.map(({ violationId, orderId }) => [violationId, orderId]));
  const closed = decided.alerts.flatMap(({ violationId, closed: closing }) => {
    const orderId = orderOf.get(violationId);
    const disposition = dispositions.get(violationId) ?? null;
    if (closing === null || orderId === undefined || !isBreach({ disposition })) return [];
    return [{ orderId, at: closing.at }];
  });
  const begun = decided.decisions.flatMap(({ kind, orderId, decidedAt, withdrawn }) => {
    const isOfBreach = kind === 'breach-initiated' || kind === 'recall-requested';
    return isOfBreach && withdrawn === null ? [{ orderId, at: decidedAt }] : [];
  });
  return [...closed, ...begun];
};
