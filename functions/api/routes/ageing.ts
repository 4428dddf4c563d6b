import type { Alert } from '#domain/model/alert.ts';
import { type Instant, instant, isoOrNull, toIso } from '#domain/model/instant.ts';
import { ageSeconds, scalarsOf } from '#domain/response/on-record.ts';
import type { LoadListed } from '../../adapters/dynamodb/listed-alerts.ts';
import { jsonResponse } from '../../middleware/http.ts';
import type { Route } from '../route.ts';

export type AgeingRouteDeps = Readonly<{ loadListed: LoadListed }>;

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

/**
 * All that still asks for somebody, the oldest first: what is open, in hand, or over and not
 * reviewed. What is new stands at its end.
 */
export const listAgeing =
  ({ loadListed }: AgeingRouteDeps): Route =>
  async ({ agencyId, now }) => {
    const asked = { fromAt: instant(0), toAt: instant(now + 1), first: 'oldest' } as const;
    const lists = await Promise.all(
      (['open', 'acknowledged'] as const).map((status) =>
        loadListed(agencyId, { ...asked, status, most: MOST_AGEING }),
      ),
    );
    const alerts = lists.flat().toSorted((a, b) => a.openedAt - b.openedAt);
    const mayBeMore = lists.some((list) => list.length >= MOST_AGEING);
    return jsonResponse(200, {
      asOf: toIso(now),
      alerts: alerts.map((alert) => ageingView(alert, now)),
      mayBeMore,
    });
  };
