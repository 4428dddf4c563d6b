import { disclose, disclosedParts, isNews } from '#domain/liaison/disclose.ts';
import { eventOfPage } from '#domain/liaison/event-of-page.ts';
import { doorFor, type StackTraffic, trafficOf } from '#domain/liaison/traffic.ts';
import { whyNotUpdated } from '#domain/liaison/who-may-hear.ts';
import type { Page } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { InFeed } from '#domain/model/in-feed.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import type { FeedDeliveries } from '../adapters/dynamodb/feed-deliveries.ts';
import type { AppendToFeed, Disclosure, Known } from '../adapters/dynamodb/liaison-feed-append.ts';
import type { FeedOf } from '../adapters/dynamodb/liaison-feed-keys.ts';
import type { LiaisonFeeds } from '../adapters/dynamodb/liaison-feeds.ts';
import type { Liaisons } from '../adapters/dynamodb/liaisons.ts';
import type { LoadCurrentOrder, LoadOrderVersion } from '../adapters/dynamodb/order-version.ts';
import type { Outbox } from '../adapters/dynamodb/outbox.ts';
import type { TransferPut } from '../adapters/dynamodb/transfer-put.ts';
import type { MakeIncidentId } from '../adapters/feed-keys/incident-id.ts';
import { NeverAccepted } from '../adapters/sns/publisher.ts';
import type { AskForDelivery } from '../adapters/sqs/ask-for-delivery.ts';
import { NotCalledFor } from './not-called-for.ts';

export type TellLiaisonDeps = Readonly<{
  now: () => Instant;
  traffic: StackTraffic;
  incidentOf: LiaisonFeeds['incidentOf'];
  appendToFeed: AppendToFeed;
  wantDelivery: FeedDeliveries['want'];
  /** Says at once that there is something to deliver; where it cannot, the sweep does. */
  askForDelivery: AskForDelivery;
  loadLiaison: Liaisons['load'];
  loadOrder: LoadOrderVersion;
  loadCurrentOrder: LoadCurrentOrder;
  makeIncidentId: MakeIncidentId;
  pagesOf: Outbox['pagesOf'];
  transferPut: TransferPut;
}>;

type ToLiaison = Readonly<{ feed: FeedOf; page: Page; inFeed: InFeed }>;

const TELLS_ANEW: readonly Page['purpose'][] = ['alert', 'review', 'update'];

/**
 * What one liaison is told of an alert stands in its feed in the order in which it came about: what
 * is on its way is waited for, and what never left is passed over.
 */
const mustBeNext = async (
  { pagesOf }: TellLiaisonDeps,
  { feed, page, inFeed }: ToLiaison,
): Promise<void> => {
  if (inFeed.sequence === 1) return;
  const pages = await pagesOf(feed.agencyId, page.alertId);
  const waits = pages.some(
    ({ page: { recipient, inFeed: place }, status }) =>
      recipient.channel === 'liaison' &&
      recipient.liaisonId === feed.liaisonId &&
      place !== undefined &&
      place.sequence < inFeed.sequence &&
      status === 'pending',
  );
  // Retry: the one before is on its way.
  if (waits) throw new Error('what comes before it has not been told yet');
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

/** What has changed of an alert is told to whom both policy and order still let hear of such. */
const mustStillHear = async (
  { loadCurrentOrder }: TellLiaisonDeps,
  { feed, page }: ToLiaison,
  liaison: Liaison,
): Promise<void> => {
  if (page.purpose !== 'update') return;
  const order = await loadCurrentOrder(feed.agencyId, page.facts.violation);
  const why = whyNotUpdated(page, { liaison, order });
  if (why !== null) throw new NotCalledFor(why);
};

/** Makes what the liaison may have of a message, for what it knows of the alert by now. */
const disclosureOf =
  (deps: TellLiaisonDeps, { feed, page, inFeed }: ToLiaison, liaison: Liaison) =>
  async (known: Known | null): Promise<Disclosure> => {
    const { agencyId } = feed;
    // Record: whoever was told of nothing is not told that it is over.
    if (known === null && !TELLS_ANEW.includes(page.purpose)) throw new NotCalledFor('never-told');
    const { alertId } = page;
    const incidentId = known?.incident.incidentId ?? (await deps.makeIncidentId(feed, alertId));
    const before = inFeed.follows && (await deps.incidentOf(feed, inFeed.follows));
    const order = await deps.loadOrder(agencyId, page.facts.violation);
    // Retry: an administrator has to put it there, and the sweep brings the page again.
    if (order === null) throw new Error('the version of the order is not on record');
    const whole = eventOfPage({
      ...{ page, inFeed, order, liaison, incidentId, agency: agencyId },
      ...{ traffic: trafficOf(page, deps.traffic), follows: before?.incidentId ?? null },
      sequence: (known?.incident.lastSequence ?? 0) + 1,
      replacesIssuedAt: known?.incident.lastIssuedAt ?? null,
    });
    const event = disclose(whole, liaison);
    const last = known?.last?.event;
    // Record: what is withheld from them has changed, and nothing that they may know.
    if (page.purpose === 'update' && last !== undefined && !isNews(last, event)) {
      throw new NotCalledFor('no-news-for-liaison');
    }
    const at = deps.now();
    const beside = await deps.transferPut(agencyId, { event, page, liaison, at });
    const decision = inFeed.decision ?? null;
    return { event, parts: disclosedParts(whole, liaison), liaison, decision, at, beside };
  };

/**
 * Tells a liaison of an alert what its policy lets it hear: the event is put into its feed, with
 * its disclosure on record, and its delivery is asked for. Told again it is the same event. Returns
 * the event's id. Throws NeverAccepted where no other try can help.
 */
export const tellLiaison =
  (deps: TellLiaisonDeps) =>
  async (agencyId: AgencyId, page: Page): Promise<string> => {
    const { recipient, inFeed, alertId, wearerId } = page;
    if (recipient.channel !== 'liaison' || inFeed === undefined) {
      throw new NeverAccepted('this page is to no liaison', null);
    }
    const door = doorFor(trafficOf(page, deps.traffic));
    const feed = { agencyId, liaisonId: recipient.liaisonId, door };
    const told = { feed, page, inFeed };
    const liaison = await willingLiaison(deps, feed);
    await mustStillHear(deps, told, liaison);
    await mustBeNext(deps, told);
    const source = { name: `${alertId}#${inFeed.sequence}`, alertId, wearerId };
    const { position, event } = await deps.appendToFeed(
      feed,
      source,
      disclosureOf(deps, told, liaison),
    );
    if (liaison.delivery.by !== 'pull') {
      await deps.wantDelivery(feed, position, deps.now());
      await deps.askForDelivery(feed);
    }
    return event.eventId;
  };
export type TellLiaison = ReturnType<typeof tellLiaison>;
