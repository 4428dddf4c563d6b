import { isLive, standingAnswer, type Transfer } from '#domain/liaison/transfer.ts';
import type { Alert } from '#domain/model/alert.ts';
import { type Instant, instant, isoOrNull, toIso } from '#domain/model/instant.ts';
import { ageSeconds, scalarsOf } from '#domain/response/on-record.ts';
import type { LoadListed } from '../../adapters/dynamodb/listed-alerts.ts';
import { MOST_TRANSFERS, type Transfers } from '../../adapters/dynamodb/transfers.ts';
import { jsonResponse } from '../../middleware/http.ts';
import type { Route } from '../route.ts';

export type AgeingRouteDeps = Readonly<{
  loadListed: LoadListed;
  transfers: Pick<Transfers, 'listUnfinished'>;
}>;

/** So many of each status are read; a reader is told where there may be more. */
const MOST_AGEING = 500;

/** What of an alert says that it is still somebody's to finish. */
const ageingView = (alert: Alert, now: Instant) => {
  const { alertId, wearerId, severity, track, status, openedAt, cleared, held } = alert;
  const { violation } = alert.facts;
  return {
    ...{ alertId, wearerId, kind: alert.conditionKind, reason: violation.reason },
    ...{ severity, track, status, openedAt: toIso(openedAt) },
    ageSeconds: ageSeconds(openedAt, now),
    holders: alert.acknowledgements.map(({ by, at }) => ({ by, at: toIso(at) })),
    holdersNeeded: alert.acknowledgementsNeeded,
    clearedAt: isoOrNull(cleared?.at ?? null),
    nextDueAt: isoOrNull(alert.nextDueAt),
    held: held === undefined ? null : scalarsOf(held, ['everySeconds']),
    isOver: violation.status !== 'open',
  };
};

/** What a liaison has of an incident, as far as it has said: nothing of it is known by us. */
const transferView = (transfer: Transfer, now: Instant) => {
  const { alertId, wearerId, liaisonId, incidentId, askedAt, newest, live, trouble } = transfer;
  const answer = standingAnswer(transfer);
  const isAnswered = answer !== null;
  return {
    ...{ incidentId, liaisonId, alertId, wearerId, status: transfer.status },
    ...{ sentAt: toIso(askedAt), ageSeconds: ageSeconds(askedAt, now) },
    sequence: newest.sequence,
    received: newest.receipt === null ? 'not-yet' : newest.receipt.code,
    sentAgain: newest.tries,
    answer: isAnswered ? { is: answer.is, at: toIso(answer.at) } : null,
    notAccepted: trouble === null ? null : { since: toIso(trouble.since), cause: trouble.cause },
    live:
      live === null || !isLive(transfer)
        ? null
        : {
            since: toIso(live.since),
            reference: live.reference,
            confirmedAt: toIso(live.confirmedAt),
            // Since then nobody has said so.
            confirmedSecondsAgo: ageSeconds(live.confirmedAt, now),
          },
    nextDueAt: isoOrNull(transfer.nextDueAt),
  };
};

/**
 * All that still asks for somebody, the oldest first: what is open, in hand, or over and not
 * reviewed; and what liaisons were sent of it. What is new stands at its end.
 */
export const listAgeing =
  ({ loadListed, transfers }: AgeingRouteDeps): Route =>
  async ({ agencyId, now }) => {
    const asked = { fromAt: instant(0), toAt: instant(now + 1), first: 'oldest' } as const;
    const [sent, ...lists] = await Promise.all([
      transfers.listUnfinished(agencyId),
      ...(['open', 'acknowledged'] as const).map((status) =>
        loadListed(agencyId, { ...asked, status, most: MOST_AGEING }),
      ),
    ]);
    const alerts = lists.flat().toSorted((a, b) => a.openedAt - b.openedAt);
    const mayBeMore =
      lists.some((list) => list.length >= MOST_AGEING) || sent.length >= MOST_TRANSFERS;
    return jsonResponse(200, {
      asOf: toIso(now),
      alerts: alerts.map((alert) => ageingView(alert, now)),
      transfers: sent.map((transfer) => transferView(transfer, now)),
      mayBeMore,
    });
  };
