import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant, secondsAfter } from '#domain/model/instant.ts';
import { lateRows } from '#functions/adapters/dynamodb/late-rows.ts';
import { NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { NotNow } from '#functions/deliver/not-now.ts';
import { later, T } from '#test/support/alerts.ts';
import { NOTHING_FAILED } from '#test/support/batches.ts';
import { deliveredFeed, FEED } from '#test/support/delivered-feed.ts';

let desk: ReturnType<typeof deliveredFeed>;
beforeEach(() => {
  desk = deliveredFeed();
});
afterEach(() => desk.restore());

const shut = () => Promise.reject(new NotNow('no answer', null));
const idOf = (incident: string, sequence: number) => `${incident.padEnd(26, 'a')}.${sequence}`;

describe('given a feed in which something waits', () => {
  it('all of it is delivered in its order, and its delivery is at rest', async () => {
    for (const [incident, sequence] of [
      ['b', 1],
      ['c', 1],
      ['b', 2],
    ] as const) {
      await desk.tell(incident, sequence);
    }
    expect(await desk.give()).toEqual(NOTHING_FAILED);
    expect(desk.delivered).toEqual([idOf('b', 1), idOf('c', 1), idOf('b', 2)]);
    expect((await desk.inFeed()).map(({ delivery }) => delivery?.is)).toEqual(
      Array(3).fill('delivered'),
    );
    expect(await desk.state()).toMatchObject({ done: 3, wanted: 3, failures: 0 });
    expect(desk.measured.filter(([name]) => name === 'eventsDelivered')).toHaveLength(3);
  });

  it('nothing is delivered twice, however often it is asked for', async () => {
    await desk.tell('b', 1);
    await Promise.all([desk.give(), desk.give(), desk.give()]);
    await desk.give();
    expect(desk.delivered).toEqual([idOf('b', 1)]);
  });

  it('what is told while another delivers is delivered by that one', async () => {
    await desk.tell('b', 1);
    desk.receiver.take = async () => {
      desk.receiver.take = async () => 'provider-2';
      await desk.tell('c', 1);
      await desk.give();
      return 'provider-1';
    };
    await desk.give();
    expect(desk.delivered).toEqual([idOf('b', 1), idOf('c', 1)]);
    expect(await desk.state()).toMatchObject({ done: 2, wanted: 2 });
  });

  it('what somebody left who died is gone on with when their lease has run out', async () => {
    await desk.tell('b', 1);
    expect(await desk.deliveries.take(FEED, desk.clock.now)).toMatchObject({ lease: 1 });
    await desk.give();
    expect(desk.delivered).toEqual([]);
    desk.clock.now = later(31);
    await desk.give();
    expect(desk.delivered).toEqual([idOf('b', 1)]);
  });

  it('who was slow moves nothing on when another has the lease', async () => {
    await desk.tell('b', 1);
    desk.receiver.take = async () => {
      desk.receiver.take = async () => 'provider-2';
      desk.clock.now = later(31);
      await desk.give();
      await desk.tell('c', 1);
      return 'provider-1';
    };
    await desk.give();
    expect(await desk.state()).toMatchObject({ lease: 2, done: 1, wanted: 2 });
    await desk.give();
    expect(desk.delivered.filter((id) => id === idOf('c', 1))).toHaveLength(1);
  });

  it('another run goes on with what takes too long', async () => {
    for (const incident of ['b', 'c', 'd']) await desk.tell(incident, 1);
    desk.receiver.take = async () => {
      desk.clock.now = secondsAfter(desk.clock.now, 8);
      return 'provider';
    };
    await desk.give();
    expect(desk.delivered).toHaveLength(2);
    expect(desk.queued).toEqual([{ message: { kind: 'feed', ...FEED }, at: desk.clock.now }]);
    await desk.goOnUntil(later(60));
    expect(desk.delivered).toHaveLength(3);
  });

  it('what fails on our side waits for the sweep, and piles up nowhere', async () => {
    await desk.tell('b', 1);
    desk.known.isOutOfReach = true;
    expect(await desk.give()).toEqual(NOTHING_FAILED);
    expect(desk.measured).toContainEqual(['feedsNotWorkedOff', 1]);
    expect(await desk.state()).toMatchObject({ done: 0, wanted: 1 });
  });

  it('what cannot be read is given again, and parked in the end', async () => {
    expect(await desk.give({ kind: 'nothing' })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-1' }],
    });
  });
});

describe('given a liaison that takes nothing for a while', () => {
  it('what was told meanwhile comes in order later, without a gap or a double', async () => {
    desk.receiver.take = shut;
    await desk.tell('b', 1);
    await desk.give();
    for (const sequence of [2, 3]) {
      await desk.tell('b', sequence);
      await desk.give();
    }
    await desk.goOnUntil(later(600));
    expect(desk.delivered).toEqual([]);
    desk.receiver.take = async () => 'provider';
    await desk.goOnUntil(later(700));
    expect(desk.delivered).toEqual([1, 2, 3].map((n) => idOf('b', n)));
    expect(desk.queued).toEqual([]);
  });

  it('it is asked ever more seldom, once a minute at last, and by one at a time', async () => {
    const asked: number[] = [];
    desk.receiver.take = () => {
      asked.push((desk.clock.now - T) / 1000);
      return shut();
    };
    for (let n = 1; n <= 9; n += 1) {
      await desk.tell('b', n);
      await desk.give();
    }
    await desk.goOnUntil(later(260));
    expect(asked).toEqual([0, 5, 15, 35, 75, 135, 195, 255]);
  });

  it('the duty manager hears of it after five minutes, once, and when it is over', async () => {
    desk.receiver.take = shut;
    await desk.tell('b', 1);
    await desk.give();
    await desk.goOnUntil(later(290));
    expect(desk.messages()).toEqual([]);
    await desk.goOnUntil(later(1_200));
    expect(desk.messages()).toMatchObject([
      { about: 'liaison-delivery', liaisonId: 'met', trouble: 'unreachable', since: T },
    ]);
    desk.receiver.take = async () => 'provider';
    await desk.goOnUntil(later(1_300));
    expect(desk.messages()).toMatchObject([
      { trouble: 'unreachable' },
      { trouble: 'reachable-again', since: T },
    ]);
  });

  it('nobody hears of an outage that was over before', async () => {
    desk.receiver.take = shut;
    await desk.tell('b', 1);
    await desk.give();
    await desk.goOnUntil(later(120));
    desk.receiver.take = async () => 'provider';
    await desk.goOnUntil(later(900));
    expect(desk.messages()).toEqual([]);
  });

  it('what ran out meanwhile is not sent, and can be fetched', async () => {
    desk.receiver.take = shut;
    await desk.tell('b', 1);
    await desk.give();
    desk.receiver.take = async () => 'provider';
    desk.clock.now = instant(T + 90_000_000);
    await desk.tell('c', 1);
    await desk.give();
    expect(desk.delivered).toEqual([idOf('c', 1)]);
    expect(await desk.inFeed()).toMatchObject([
      { delivery: { is: 'not-sent', detail: 'expired' } },
      { delivery: { is: 'delivered' } },
    ]);
  });
});

describe('given that nobody delivers', () => {
  const waitingAt = (seconds: number) => lateRows(desk.client, 'monitoring')(later(seconds));

  it('the auditor sees since when something waits, and nothing of what rests', async () => {
    await desk.tell('b', 1);
    expect(await waitingAt(90)).toMatchObject({ messages: [{ alertId: null, sinceAt: T }] });
    desk.receiver.take = shut;
    await desk.give();
    expect(await waitingAt(1)).toEqual({ steps: [], messages: [] });
  });
});

describe('given a liaison whose system fails at one event', () => {
  /** It answers 500 to what an incident says, and takes all else. */
  const failAt = (...incidents: readonly string[]) => {
    desk.receiver.take = async ({ event }) => {
      if (incidents.some((incident) => event.incidentId.startsWith(incident))) {
        throw new NotNow('the liaison answered 500', null);
      }
      return 'provider';
    };
  };

  it('the feed waits for it for five minutes, then passes it alone', async () => {
    failAt('c');
    for (const incident of ['b', 'c', 'd', 'e']) await desk.tell(incident, 1);
    await desk.give();
    await desk.goOnUntil(later(299));
    expect(desk.delivered).toEqual([idOf('b', 1)]);
    await desk.goOnUntil(later(400));
    expect(desk.delivered).toEqual([idOf('b', 1), idOf('d', 1), idOf('e', 1)]);
    expect((await desk.inFeed()).map(({ delivery }) => delivery?.is)).toEqual([
      ...['delivered', 'refused', 'delivered', 'delivered'],
    ]);
    expect(desk.messages()).toMatchObject([{ trouble: 'refused', eventId: idOf('c', 1) }]);
    expect(await desk.state()).toMatchObject({ done: 4, wanted: 4, failures: 0 });
  });

  it('some of them are passed together, and what is behind them goes out', async () => {
    failAt('b', 'c');
    for (const incident of ['b', 'c', 'd']) await desk.tell(incident, 1);
    await desk.give();
    await desk.goOnUntil(later(400));
    expect(desk.delivered).toEqual([idOf('d', 1)]);
    expect((await desk.inFeed()).map(({ delivery }) => delivery?.detail)).toMatchObject([
      expect.stringContaining('answered 500'),
      expect.stringContaining('answered 500'),
      'provider',
    ]);
  });

  it('nothing is passed where none is taken, nor where there is nothing behind it', async () => {
    failAt('b', 'c');
    await desk.tell('b', 1);
    await desk.give();
    await desk.goOnUntil(later(1_000));
    await desk.tell('c', 1);
    await desk.goOnUntil(later(2_000));
    expect((await desk.inFeed()).map(({ delivery }) => delivery)).toEqual([null, null]);
    expect(desk.messages()).toMatchObject([{ trouble: 'unreachable' }]);
  });
});

describe('given a liaison that refuses one event', () => {
  it('of many within the hour the duty manager hears once', async () => {
    desk.receiver.take = () => Promise.reject(new NeverAccepted('400', null));
    for (let n = 1; n <= 5; n += 1) await desk.tell('b', n);
    await desk.give();
    expect(desk.messages()).toMatchObject([{ trouble: 'refused', eventId: idOf('b', 1) }]);
    desk.clock.now = later(3_600);
    await desk.tell('b', 6);
    await desk.give();
    expect(desk.messages()).toHaveLength(2);
  });

  it('of exercises nobody hears', async () => {
    desk.receiver.take = () => Promise.reject(new NeverAccepted('400', null));
    await desk.tell('b', 1, 'exercise');
    await desk.give({ kind: 'feed', ...FEED, door: 'exercise' });
    expect(desk.messages()).toEqual([]);
  });

  it('it goes on with the next, and the duty manager hears which it was', async () => {
    desk.receiver.take = () => Promise.reject(new NeverAccepted('400', null));
    await desk.tell('b', 1);
    await desk.give();
    desk.receiver.take = async () => 'provider';
    await desk.tell('b', 2);
    await desk.give();
    expect(desk.delivered).toEqual([idOf('b', 2)]);
    expect(desk.messages()).toMatchObject([
      { trouble: 'refused', eventId: idOf('b', 1), liaisonId: 'met' },
    ]);
    expect(desk.measured).toContainEqual(['eventsRefused', 1]);
  });
});
