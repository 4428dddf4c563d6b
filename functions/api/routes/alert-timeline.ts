import { alertIdSchema } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { alertTimeline } from '#domain/response/alert-timeline.ts';
import type { LoadHistories } from '../../adapters/dynamodb/alert-histories.ts';
import type { Alerts } from '../../adapters/dynamodb/alerts.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { notFound } from '../problems.ts';
import type { Route } from '../route.ts';

export type AlertTimelineRouteDeps = Readonly<{
  alerts: Pick<Alerts, 'load'>;
  loadHistories: LoadHistories;
}>;

/** Everything that happened to an alert, in order: why somebody was told, and why not. */
export const getAlertTimeline =
  ({ alerts, loadHistories }: AlertTimelineRouteDeps): Route =>
  async ({ agencyId, request, now }) => {
    const alertId = alertIdSchema.parse(request.pathParameters.alertId);
    const alert = await alerts.load(agencyId, alertId);
    if (alert === null) return notFound('this alert');
    const histories = await loadHistories(agencyId, [alert]);
    const history = histories.get(alertId) ?? { recorded: [], pages: [] };
    return jsonResponse(200, {
      ...{ alertId, wearerId: alert.wearerId, status: alert.status, asOf: toIso(now) },
      entries: alertTimeline(history, now).map((entry) => ({ ...entry, at: toIso(entry.at) })),
    });
  };
