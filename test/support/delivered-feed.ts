import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { eventIdOf, incidentIdSchema, liaisonEventSchema } from '#domain/liaison/event.ts';
import type { Door } from '#domain/liaison/traffic.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { deliveryMemos } from '#functions/adapters/dynamodb/delivery-trouble.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { feedDeliveries } from '#functions/adapters/dynamodb/feed-deliveries.ts';
import { sharedKey } from '#functions/adapters/dynamodb/keys.ts';
import { appendToFeed } from '#functions/adapters/dynamodb/liaison-feed-append.ts';
import type { FeedEvent } from '#functions/adapters/dynamodb/liaison-feed-items.ts';
import { liaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { type DeliverDeps, run } from '#functions/deliver/run.ts';
import { NO_PAUSE } from '#test/support/no-pause.ts';
import { police, T } from './alerts.ts';
import { fakeDynamoDb } from './fakes/fake-dynamodb.ts';
import { liaisonEvents } from './liaison-events.ts';
import { liaison } from './liaisons.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';
import { WEARER } from './supervisions.ts';

const { agencyId, wearerId } = WEARER;
export const FEED = { agencyId, liaisonId: police.liaisonId, door: 'actual' } as const;
const [made] = fc.sample(liaisonEvents, { numRuns: 1, seed: 5 });

type Nth = Readonly<{ sequence: number; door: Door }>;

/** The nth incident's event of a sequence, issued at an instant. */
const eventOf = (incident: string, { sequence, door }: Nth, at: Instant) => {
  const incidentId = incidentIdSchema.parse(incident.padEnd(26, 'a'));
  const status = door === 'actual' ? 'Actual' : 'Exercise';
  return liaisonEventSchema.parse({
    ...{
      ...made,
      status,
      incidentId,
      sequence,
      eventId: eventIdOf(incidentId, sequence),
    },
    type: sequence === 1 ? 'raised' : 'updated',
    replaces: sequence === 1 ? null : eventIdOf(incidentId, sequence - 1),
    replacesIssuedAt: sequence === 1 ? null : toIso(at),
    ...{ issuedAt: toIso(at), expiresAt: toIso(secondsAfter(at, 86_400)) },
  });
};

/** A liaison's feed, and `deliver` at work on it, over a clock that moves and a queue in memory. */
export const deliveredFeed = (fields: Readonly<Record<string, unknown>> = {}) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const db = fakeDynamoDb(client);
  const clock = { now: T };
  const told = recordedTelemetry();
  const delivered: string[] = [];
  const queued: Readonly<{ message: unknown; at: Instant }>[] = [];
  const receiver: { take: (one: FeedEvent) => Promise<string> } = {
    take: async ({ position }) => `provider-${position}`,
  };
  const known = { liaison: liaison(fields), isOutOfReach: false };
  const append = appendToFeed(client, { monitoring: 'monitoring', record: 'record' }, NO_PAUSE);
  const deliveries = feedDeliveries(client, 'monitoring');
  const feeds = liaisonFeeds(client, 'monitoring');
  const deps: DeliverDeps = {
    ...{ now: () => clock.now, telemetry: told.telemetry, feeds, feedDeliveries: deliveries },
    loadLiaison: async () => {
      if (known.isOutOfReach) throw new Error('the table is out of reach');
      return known.liaison;
    },
    deliveryMemos: deliveryMemos(client, 'monitoring'),
    deliveries: {
      sendAll: async (messages) => {
        queued.push(...messages.map((message) => ({ message, at: clock.now })));
      },
      sendLater: async (message, seconds) => {
        queued.push({ message, at: secondsAfter(clock.now, seconds) });
      },
    },
    deliver: async (one) => {
      const id = await receiver.take(one);
      delivered.push(one.event.eventId);
      return id;
    },
  };
  const handle = run(deps);

  const tell = async (
    incident: string,
    sequence: number,
    door: Door = 'actual',
  ): Promise<FeedEvent> => {
    const feed = { ...FEED, door };
    const alertId = alertIdSchema.parse(`alert-${incident}`);
    const source = { name: `${alertId}#${sequence}`, alertId, wearerId };
    const one = await append(feed, source, async () => ({
      ...{
        event: eventOf(incident, { sequence, door }, clock.now),
        parts: [],
        liaison: known.liaison,
        decision: null,
      },
      ...{ at: clock.now, beside: [] },
    }));
    await deliveries.want(feed, one.position, clock.now);
    return one;
  };
  const give = (message: unknown = { kind: 'feed', ...FEED }) =>
    handle({ Records: [{ messageId: 'm-1', body: JSON.stringify(message) }] });
  /** Everything that is queued up to an instant, in its time. */
  const goOnUntil = async (until: Instant): Promise<void> => {
    for (;;) {
      const next = queued.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      queued.splice(queued.indexOf(next), 1);
      if (next.at > clock.now) clock.now = next.at;
      await give(next.message);
    }
    clock.now = until;
  };
  const messages = () =>
    db
      .itemsOf('monitoring')
      .filter(({ kind }) => kind?.S === 'memo')
      .map(({ body }) => JSON.parse(body?.S ?? ''));
  const state = () => deliveries.load(FEED);
  const inFeed = () => feeds.after(FEED, 0, 100);
  /** Keeps the liaison where whoever reads it finds it. */
  const keepLiaison = () =>
    documents(client, 'monitoring').save({
      ...{ key: sharedKey(agencyId, 'LIAISON', FEED.liaisonId), entity: 'LIAISON' },
      ...{ body: known.liaison, readVersion: 0, changedAt: T },
    });
  const work = { tell, keepLiaison, give, goOnUntil, handle };
  const seen = { delivered, queued, messages, state, inFeed, ...told };
  return {
    ...work,
    ...seen,
    client,
    clock,
    receiver,
    known,
    feeds,
    deliveries,
    restore: db.restore,
  };
};
