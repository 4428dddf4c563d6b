import { testEventOf } from '#domain/liaison/test-event.ts';
import { alertIdSchema, liaisonIdSchema, testIdSchema } from '#domain/model/ids.ts';
import { isoOrNull, toIso } from '#domain/model/instant.ts';
import { TEST_WEARER } from '#domain/model/test-wearer.ts';
import type { FeedDeliveries } from '../../adapters/dynamodb/feed-deliveries.ts';
import type { AppendToFeed } from '../../adapters/dynamodb/liaison-feed-append.ts';
import type { FeedEvent } from '../../adapters/dynamodb/liaison-feed-items.ts';
import type { LiaisonFeeds } from '../../adapters/dynamodb/liaison-feeds.ts';
import type { Liaisons } from '../../adapters/dynamodb/liaisons.ts';
import type { MakeIncidentId } from '../../adapters/feed-keys/incident-id.ts';
import type { AskForDelivery } from '../../adapters/sqs/ask-for-delivery.ts';
import { jsonResponse, refusal } from '../../middleware/http.ts';
import { notFound } from '../problems.ts';
import type { Call, Route } from '../route.ts';

export type LiaisonTestRouteDeps = Readonly<{
  loadLiaison: Liaisons['load'];
  liaisonFeeds: LiaisonFeeds;
  appendToFeed: AppendToFeed;
  wantDelivery: FeedDeliveries['want'];
  askForDelivery: AskForDelivery;
  makeIncidentId: MakeIncidentId;
}>;

const askedIn = ({ agencyId, request }: Call) => {
  const liaisonId = liaisonIdSchema.parse(request.pathParameters.liaisonId);
  const testId = testIdSchema.parse(request.pathParameters.testId);
  const alertId = alertIdSchema.parse(`test.${testId}`);
  const feed = { agencyId, liaisonId, door: 'exercise' } as const;
  return { feed, source: { name: alertId, alertId, wearerId: TEST_WEARER } };
};

const shown = ({ event, position, appendedAt, acknowledgedAt, delivery }: FeedEvent) => ({
  ...{ eventId: event.eventId, position, at: toIso(appendedAt) },
  delivery: delivery && { is: delivery.is, at: toIso(delivery.at), detail: delivery.detail },
  acknowledgedAt: isoOrNull(acknowledgedAt),
});

/**
 * Sends a liaison a test: an event about nobody, that shows whether messages arrive. The same again
 * is the same event.
 */
export const putLiaisonTest =
  (deps: LiaisonTestRouteDeps): Route =>
  async (call) => {
    const { feed, source } = askedIn(call);
    const { agencyId, now: at } = call;
    const liaison = await deps.loadLiaison(agencyId, feed.liaisonId);
    if (liaison === null) return notFound('this liaison');
    if (liaison.responseWithdrawn !== null) {
      const message = 'this liaison has withdrawn its response: it is sent nothing';
      return refusal(409, { code: 'response-withdrawn', message });
    }
    const one = await deps.appendToFeed(feed, source, async () => {
      const incidentId = await deps.makeIncidentId(feed, source.alertId);
      const event = testEventOf({ agencyId, liaison, incidentId, at });
      return { event, parts: [], liaison, decision: null, at, beside: [] };
    });
    if (liaison.delivery.by !== 'pull') {
      await deps.wantDelivery(feed, one.position, at);
      await deps.askForDelivery(feed);
    }
    return jsonResponse(200, shown(one));
  };

/** What became of a test. */
export const getLiaisonTest =
  ({ liaisonFeeds }: LiaisonTestRouteDeps): Route =>
  async (call) => {
    const { feed, source } = askedIn(call);
    const incident = await liaisonFeeds.incidentOf(feed, source.alertId);
    const found = incident && (await liaisonFeeds.at(feed, incident.lastPosition));
    return found === null ? notFound('this test') : jsonResponse(200, shown(found));
  };
