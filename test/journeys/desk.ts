import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR, type Asked } from '#test/support/http.ts';

/** What the administrator asks of the API, and its answer. */
export const asked = async (
  pipeline: Pipeline,
  routeKey: string,
  more: Omit<Asked, 'routeKey' | 'who'> = {},
) => {
  const response = await pipeline.ask(routeKey, { who: ADMINISTRATOR, ...more });
  if (response.statusCode >= 300) throw new Error(`${routeKey}: ${response.body}`);
  return Object(JSON.parse(response.body));
};

/** The alerts of a status, as a reader of the list sees them. */
export const alertsOf = async (pipeline: Pipeline, status: string) =>
  (await asked(pipeline, 'GET /v1/alerts', { query: { status } })).alerts;

/** The officer closes an alert as the list shows it. */
export const closeAlert = (
  pipeline: Pipeline,
  { alertId, epoch }: Readonly<{ alertId: string; epoch: number }>,
  disposition: string,
) =>
  asked(pipeline, 'POST /v1/alerts/{alertId}/close', {
    path: { alertId },
    body: { personId: 'officer', disposition, reason: 'spoken to', epoch },
  });
