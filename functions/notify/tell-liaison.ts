import { disclose, disclosedParts } from '#domain/liaison/disclose.ts';
import type { IncidentId } from '#domain/liaison/event.ts';
import { eventIdOf } from '#domain/liaison/event.ts';
import { eventOfPage } from '#domain/liaison/event-of-page.ts';
import { type StackTraffic, trafficOf } from '#domain/liaison/traffic.ts';
import type { Page } from '#domain/model/alert.ts';
import type { AgencyId, AlertId } from '#domain/model/ids.ts';
import type { InFeed } from '#domain/model/in-feed.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import type { FeedOf } from '../adapters/dynamodb/liaison-feed-keys.ts';
import type { FeedEvent, LiaisonFeeds } from '../adapters/dynamodb/liaison-feeds.ts';
import type { Liaisons } from '../adapters/dynamodb/liaisons.ts';
import type { LoadOrderVersion } from '../adapters/dynamodb/order-version.ts';
import type { Outbox } from '../adapters/dynamodb/outbox.ts';
import type { TransferPut } from '../adapters/dynamodb/transfer-put.ts';
import type { MakeIncidentId } from '../adapters/feed-keys/incident-id.ts';
import { NeverAccepted } from '../adapters/sns/publisher.ts';
import type { DeliverEvent } from './deliver-event.ts';

export type TellLiaisonDeps = Readonly<{
  now: () => Instant;
  traffic: StackTraffic;
  feeds: Pick<LiaisonFeeds, 'find' | 'incidentOf' | 'append'>;
  loadLiaison: Liaisons['load'];
  loadOrder: LoadOrderVersion;
  makeIncidentId: MakeIncidentId;
  pagesOf: Outbox['pagesOf'];
  deliver: DeliverEvent;
  transferPut: TransferPut;
}>;

type ToLiaison = Readonly<{ feed: FeedOf; page: Page; inFeed: InFeed }>;

const incidentIdOf = async (
  { feeds, makeIncidentId }: TellLiaisonDeps,
  feed: FeedOf,
  alertId: AlertId,
): Promise<IncidentId> =>
  (await feeds.incidentOf(feed, alertId)) ?? (await makeIncidentId(feed, alertId));

/**
 * The event that one replaces; null for the first. What replaces an event stands behind it in the
 * feed. A delivery may yet overtake another: whoever takes them sorts by their sequence.
 */
const eventBefore = async (
  { feeds, pagesOf }: TellLiaisonDeps,
  { feed, page, inFeed }: ToLiaison,
  incidentId: IncidentId,
): Promise<FeedEvent | null> => {
  const before = inFeed.sequence - 1;
  if (before === 0) return null;
  const found = await feeds.find(feed, eventIdOf(incidentId, before));
  if (found !== null) return found;
  const pages = await pagesOf(feed.agencyId, page.alertId);
  const waits = pages.some(
    ({ page: { recipient, inFeed: place }, status }) =>
      recipient.channel === 'liaison' &&
      recipient.liaisonId === feed.liaisonId &&
      place?.sequence === before &&
      status === 'pending',
  );
  // Retry: the one before is on its way. Record: it never left, so there is nothing to replace.
  if (waits) throw new Error('the event before it has not been sent yet');
  throw new NeverAccepted('the event before it was never sent', null);
};

const willingLiaison = async (deps: TellLiaisonDeps, feed: FeedOf): Promise<Liaison> => {
  const liaison = await deps.loadLiaison(feed.agencyId, feed.liaisonId);
  // Record: escalation goes on to the next step.
  if (liaison === null) throw new NeverAccepted('nothing is on record of this liaison', null);
  if (liaison.responseWithdrawn !== null) {
    throw new NeverAccepted('the liaison has withdrawn its response', null);
  }
  return liaison;
};

const appended = async (
  deps: TellLiaisonDeps,
  { feed, page, inFeed }: ToLiaison,
  liaison: Liaison,
): Promise<FeedEvent> => {
  const { agencyId } = feed;
  const { alertId, wearerId } = page;
  const incidentId = await incidentIdOf(deps, feed, alertId);
  const known = await deps.feeds.find(feed, eventIdOf(incidentId, inFeed.sequence));
  if (known !== null) return known;
  const before = await eventBefore(deps, { feed, page, inFeed }, incidentId);
  const follows = inFeed.follows && (await deps.feeds.incidentOf(feed, inFeed.follows));
  const order = await deps.loadOrder(agencyId, page.facts.violation);
  // Retry: an administrator has to put it there, and the sweep brings the page again.
  if (order === null) throw new Error('the version of the order is not on record');
  const traffic = trafficOf(page, deps.traffic);
  const whole = eventOfPage({
    ...{ page, inFeed, order, liaison, incidentId, follows, traffic, agency: agencyId },
    replacesIssuedAt: before?.event.issuedAt ?? null,
  });
  const event = disclose(whole, liaison);
  const at = deps.now();
  return deps.feeds.append(feed, {
    ...{ event, parts: disclosedParts(whole, liaison), liaison, alertId, wearerId, at },
    decision: inFeed.decision,
    beside: () => deps.transferPut(agencyId, { event, page, liaison, at }),
  });
};

/**
 * Tells a liaison of an alert what its policy lets it hear: the event is put into its feed, with
 * its disclosure on record, and then delivered. Told again it is the same event. Returns the
 * provider's id. Throws NeverAccepted where no other try can help.
 */
export const tellLiaison =
  (deps: TellLiaisonDeps) =>
  async (agencyId: AgencyId, page: Page): Promise<string> => {
    const { recipient, inFeed } = page;
    if (recipient.channel !== 'liaison' || inFeed === undefined) {
      throw new NeverAccepted('this page is to no liaison', null);
    }
    const feed = { agencyId, liaisonId: recipient.liaisonId };
    const liaison = await willingLiaison(deps, feed);
    return deps.deliver(await appended(deps, { feed, page, inFeed }, liaison), liaison);
  };
export type TellLiaison = ReturnType<typeof tellLiaison>;
