import { afterEach, beforeEach, expect, it } from 'vitest';
import { noteUnusable } from '#functions/adapters/dynamodb/delivery-trouble.ts';
import { later } from '#test/support/alerts.ts';
import { deliveredFeed, FEED } from '#test/support/delivered-feed.ts';

let desk: ReturnType<typeof deliveredFeed>;
beforeEach(async () => {
  desk = deliveredFeed();
  await desk.keepLiaison();
});
afterEach(() => desk.restore());

it('the duty manager hears once of an event that cannot be used, as first said', async () => {
  const { event } = await desk.tell('b', 1);
  const note = noteUnusable(desk.client, 'monitoring');
  expect(await note(FEED, event.eventId, later(5))).toBe(true);
  expect(await note(FEED, event.eventId, later(9))).toBe(true);
  expect(desk.messages()).toMatchObject([{ trouble: 'unusable', createdAt: later(5) }]);
});
