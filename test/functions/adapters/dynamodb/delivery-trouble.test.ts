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

it('the duty manager hears once an hour of what cannot be used', async () => {
  const { event } = await desk.tell('b', 1);
  const note = noteUnusable(desk.client, 'monitoring');
  expect(await note(FEED, event.eventId, later(5))).toBe(true);
  const other = await desk.tell('c', 1);
  expect(await note(FEED, other.event.eventId, later(9))).toBe(true);
  expect(desk.messages()).toMatchObject([{ trouble: 'unusable', createdAt: later(5) }]);
  expect(await note(FEED, event.eventId, later(3_700))).toBe(true);
  expect(desk.messages()).toHaveLength(2);
});

it('of an exercise that cannot be used nobody hears', async () => {
  const { event } = await desk.tell('b', 1, 'exercise');
  const note = noteUnusable(desk.client, 'monitoring');
  expect(await note(FEED, event.eventId, later(5))).toBe(true);
  expect(desk.messages()).toEqual([]);
});
