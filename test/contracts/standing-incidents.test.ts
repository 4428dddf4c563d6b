import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventType, eventIdOf, incidentIdSchema } from '#domain/liaison/event.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { appendToFeed } from '#functions/adapters/dynamodb/liaison-feed-append.ts';
import { liaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { FORCE, T } from '#test/support/alerts.ts';
import { liaisonEvents } from '#test/support/liaison-events.ts';
import { liaison } from '#test/support/liaisons.ts';
import { NO_PAUSE } from '#test/support/no-pause.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

describe.each(STORES)('the incidents that stand with a liaison in $name', ({ start }) => {
  const { store, aWearer } = useStore(start);

  it('are listed by their last event, the newest first, until they are over', async () => {
    const { client, names } = store();
    const { agencyId, wearerId } = aWearer();
    const feed = { agencyId, liaisonId: FORCE, door: 'actual' as const };
    const append = appendToFeed(client, names, NO_PAUSE);
    const [any] = fc.sample(liaisonEvents, { numRuns: 1, seed: 6 });
    if (any === undefined) throw new Error('no event was made');
    const tell = (letter: string, sequence: number, type: EventType) => {
      const incidentId = incidentIdSchema.parse(letter.repeat(26));
      const eventId = eventIdOf(incidentId, sequence);
      const event = { ...any, incidentId, sequence, eventId, type, status: 'Actual' as const };
      const alertId = alertIdSchema.parse(`${wearerId}.zone.${letter}`);
      return append(feed, { name: eventId, alertId, wearerId }, async () => ({
        ...{ event, parts: [], liaison: liaison(), decision: null, beside: [], at: T },
      }));
    };
    const standing = async (before: number, most: number) =>
      (
        await liaisonFeeds(client, names.monitoring).standing(feed, {
          ...{ status: 'Actual', before, most },
        })
      ).map(({ lastPosition }) => lastPosition);

    await tell('a', 1, 'raised');
    await tell('b', 1, 'raised');
    await tell('c', 1, 'raised');
    await tell('a', 2, 'updated');
    expect(await standing(100, 10)).toEqual([4, 3, 2]);
    expect(await standing(100, 2)).toEqual([4, 3]);
    expect(await standing(3, 10)).toEqual([2]);
    await tell('c', 2, 'closed');
    await tell('b', 2, 'cancelled');
    expect(await standing(100, 10)).toEqual([4]);
    await tell('c', 3, 'raised');
    expect(await standing(100, 10)).toEqual([7, 4]);
  });
});
