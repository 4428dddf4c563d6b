import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboxRowFrom } from '#functions/adapters/dynamodb/outbox.ts';
import { deliveryMessageSchema } from '#functions/adapters/sqs/messages.ts';
import { NotNow } from '#functions/deliver/not-now.ts';
import { later } from '#test/support/alerts.ts';
import { NOTHING_FAILED, streamBatch } from '#test/support/batches.ts';
import { deliveredFeed, FEED } from '#test/support/delivered-feed.ts';
import { keptTransfers } from '#test/support/kept-transfers.ts';
import { liaison } from '#test/support/liaisons.ts';
import { notifyOf } from '#test/support/notify-run.ts';
import { tick } from '#test/support/transfers.ts';

let desk: ReturnType<typeof deliveredFeed>;
beforeEach(() => {
  desk = deliveredFeed();
});
afterEach(() => desk.restore());

const shut = () => Promise.reject(new NotNow('no answer', null));

/** An event of the feed, sent once more. */
const again = async (eventId: string) => {
  desk.delivered.length = 0;
  expect(await desk.give({ kind: 'again', ...FEED, eventId, tries: 1 })).toEqual(NOTHING_FAILED);
  return desk.delivered;
};

describe('given an event without a receipt', () => {
  it('it goes out once more as it stands in the feed', async () => {
    const { event } = await desk.tell('b', 1);
    await desk.give();
    expect(await again(event.eventId)).toEqual([event.eventId]);
    expect(desk.measured).toContainEqual(['eventsSentAgain', 1]);
  });

  it('it is not sent again where another has replaced it', async () => {
    const { event } = await desk.tell('b', 1);
    await desk.tell('b', 2);
    await desk.give();
    expect(await again(event.eventId)).toEqual([]);
  });

  it('it is not sent again before it was sent, nor while nothing gets through', async () => {
    const { event } = await desk.tell('b', 1);
    expect(await again(event.eventId)).toEqual([]);
    await desk.give();
    desk.receiver.take = shut;
    await desk.tell('c', 1);
    await desk.give();
    desk.receiver.take = async () => 'provider';
    expect(await again(event.eventId)).toEqual([]);
    desk.clock.now = later(5);
    expect(await again(event.eventId)).toEqual([event.eventId]);
  });

  it('it is not sent again where they have it, do not come any more, or are unknown', async () => {
    const { event } = await desk.tell('b', 1);
    await desk.give();
    const since = '2026-03-01T00:00:00Z';
    desk.known.liaison = liaison({ responseWithdrawn: { since, reason: 'two false calls' } });
    expect(await again(event.eventId)).toEqual([]);
    desk.known.liaison = liaison();
    await desk.feeds.acknowledge(FEED, event.eventId, later(3));
    expect(await again(event.eventId)).toEqual([]);
    expect(await again(`${'z'.repeat(26)}.1`)).toEqual([]);
  });

  it('that cannot be taken just now waits for the next time it is due', async () => {
    const { event } = await desk.tell('b', 1);
    await desk.give();
    desk.receiver.take = shut;
    expect(await again(event.eventId)).toEqual([]);
    expect(desk.measured).toContainEqual(['eventsNotSentAgain', 1]);
    expect(desk.queued).toEqual([]);
  });
});

describe('the row of an event that goes out once more', () => {
  const rowOf = async () => {
    const { begin, when, rowsOf } = keptTransfers();
    await begin();
    await when(tick({ epoch: 1 }), later(30));
    const [row] = rowsOf('OUTBOX#');
    if (row === undefined) throw new Error('nothing waits to be sent');
    return row;
  };

  it('is written with the transfer that it is of', async () => {
    expect(outboxRowFrom(await rowOf())).toMatchObject({
      ...{ kind: 'event-again', again: { liaisonId: 'met', tries: 1, createdAt: later(30) } },
    });
  });

  it('goes to whoever delivers, and ends', async () => {
    const { handle, queued, outcomes } = notifyOf();
    expect(await handle(streamBatch(await rowOf()))).toEqual(NOTHING_FAILED);
    expect(queued.map((message) => deliveryMessageSchema.parse(message))).toMatchObject([
      { kind: 'again', liaisonId: 'met', tries: 1 },
    ]);
    expect(outcomes).toMatchObject([{ status: 'sent', providerId: 'deliveries-queue' }]);
  });
});
