import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadDelivered } from '#functions/adapters/dynamodb/delivered.ts';
import { NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { later, police } from '#test/support/alerts.ts';
import { deliveredFeed, FEED } from '#test/support/delivered-feed.ts';
import { page } from '#test/support/pages.ts';

let desk: ReturnType<typeof deliveredFeed>;
beforeEach(() => {
  desk = deliveredFeed();
});
afterEach(() => desk.restore());

const of = (providerId: string, recipient: object = police) =>
  loadDelivered(desk.feeds)(FEED.agencyId, page({ recipient }), { providerId });

it('what a liaison was told waits, is delivered, and is acknowledged', async () => {
  const { eventId } = (await desk.tell('b', 1)).event;
  expect(await of(eventId)).toEqual({ delivery: 'waiting' });
  await desk.give();
  expect(await of(eventId)).toEqual({ delivery: 'delivered' });
  await desk.feeds.acknowledge(FEED, eventId, later(5));
  expect(await of(eventId)).toEqual({ delivery: 'acknowledged' });
});

it('what it refuses is not called delivered', async () => {
  desk.receiver.take = () => Promise.reject(new NeverAccepted('400', null));
  const { eventId } = (await desk.tell('b', 1)).event;
  await desk.give();
  expect(await of(eventId)).toMatchObject({ delivery: 'refused' });
});

it('an exercise is found in its own feed, and a page to a person in none', async () => {
  const { eventId } = (await desk.tell('b', 1, 'exercise')).event;
  expect(await of(eventId)).toEqual({ delivery: 'waiting' });
  expect(await of('provider-1')).toBeNull();
  expect(await of(eventId, page().recipient)).toBeNull();
});
