import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedPageSchema } from '#domain/liaison/feed-page.ts';
import type { Door } from '#domain/liaison/traffic.ts';
import { noteUnusable } from '#functions/adapters/dynamodb/delivery-trouble.ts';
import type { LiaisonRoute } from '#functions/api/route.ts';
import { getFeedEvents, postFeedAcks } from '#functions/api/routes/feeds.ts';
import { httpRequestSchema } from '#functions/middleware/http.ts';
import { later } from '#test/support/alerts.ts';
import { deliveredFeed, FEED } from '#test/support/delivered-feed.ts';

const { agencyId, liaisonId } = FEED;
let desk: ReturnType<typeof deliveredFeed>;
beforeEach(async () => {
  desk = deliveredFeed();
  await desk.keepLiaison();
});
afterEach(() => desk.restore());

const receipts: string[] = [];
const deps = () => ({
  ...{ liaisonFeeds: desk.feeds, telemetry: desk.telemetry },
  noteReceipt: async (_: object, eventId: string) => {
    receipts.push(eventId);
  },
  noteUnusable: noteUnusable(desk.client, 'monitoring'),
});

const asked = async (
  route: LiaisonRoute,
  { query = {}, body }: Readonly<{ query?: Record<string, string>; body?: object }>,
) => {
  const request = httpRequestSchema.parse({
    ...{ routeKey: '-', requestContext: {}, queryStringParameters: query },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { statusCode, body: answer } = await route({
    ...{ agencyId, liaisonId, request, now: later(60) },
  });
  return { statusCode, answer: JSON.parse(answer) };
};

const fetched = async (query: Record<string, string> = {}) =>
  feedPageSchema.parse((await asked(getFeedEvents(deps()), { query })).answer);
const acknowledge = (body: object) => asked(postFeedAcks(deps()), { body });
const tell = (incident: string, door: Door = 'actual') => desk.tell(incident, 1, door);

describe('a feed', () => {
  it('is fetched stretch by stretch, behind the last position that is known', async () => {
    for (const incident of ['b', 'c', 'd']) await tell(incident);
    const first = await fetched({ limit: '2' });
    expect(first).toMatchObject({ next: 2, more: true });
    const second = await fetched({ after: String(first.next) });
    expect(second).toMatchObject({ next: 3, more: false });
    const positions = [...first.events, ...second.events].map(({ position }) => position);
    expect(positions).toEqual([1, 2, 3]);
    expect(await fetched({ after: '3' })).toMatchObject({ events: [], next: 3, more: false });
  });

  it('of what is real holds no exercise, and each has positions of its own', async () => {
    await tell('b');
    await tell('c', 'exercise');
    await tell('d');
    const statusesOf = async (query: Record<string, string>) =>
      (await fetched(query)).events.map(({ position, event }) => [
        position,
        event.data.properties.status,
      ]);
    expect(await statusesOf({})).toEqual([
      [1, 'Actual'],
      [2, 'Actual'],
    ]);
    expect(await statusesOf({ traffic: 'exercise' })).toEqual([[1, 'Exercise']]);
  });

  it('is not read on from beyond its end, and says where that is', async () => {
    await tell('b', 'exercise');
    await tell('c', 'exercise');
    const beyond = (query: Record<string, string>) => asked(getFeedEvents(deps()), { query });
    expect(await beyond({ after: '2' })).toMatchObject({
      ...{ statusCode: 422, answer: { code: 'beyond-the-end', lastPosition: 0 } },
    });
    expect(await beyond({ after: '3', traffic: 'exercise' })).toMatchObject({
      ...{ statusCode: 422, answer: { code: 'beyond-the-end', lastPosition: 2 } },
    });
    expect(await fetched({ after: '2', traffic: 'exercise' })).toMatchObject({ events: [] });
  });

  it.each([
    ...[{ after: '-1' }, { limit: '101' }, { after: 'x' }, { traffic: 'Test' }],
    ...[{ after: '0x1' }, { after: '1e0' }, { after: '' }, { after: '1.0' }, { limit: ' 1' }],
  ])('is not read by %o', async (query) => {
    const { statusCode } = await asked(getFeedEvents(deps()), { query });
    expect(statusCode).toBe(422);
  });
});

describe('an acknowledgement', () => {
  it('is of events of either feed, and unknown of any other', async () => {
    const real = (await tell('b')).event.eventId;
    const practised = (await tell('c', 'exercise')).event.eventId;
    const other = `${'z'.repeat(26)}.1`;
    const { answer } = await acknowledge({ ack: [real, practised, other] });
    expect(answer).toEqual({ acknowledged: [real, practised], unknown: [other] });
    expect(receipts.splice(0)).toEqual([real, practised]);
    const again = await acknowledge({ ack: [real] });
    expect(again.answer).toEqual({ acknowledged: [real], unknown: [] });
  });

  it('of what cannot be used has the duty manager told, once, of what is theirs', async () => {
    const { eventId } = (await tell('b')).event;
    const other = `${'z'.repeat(26)}.1`;
    const setErrs = { [eventId]: { err: 'invalid_request' }, [other]: { err: 'invalid_request' } };
    expect((await acknowledge({ setErrs })).answer).toEqual({ acknowledged: [], unknown: [other] });
    await acknowledge({ setErrs });
    expect(desk.messages()).toMatchObject([
      { about: 'liaison-delivery', trouble: 'unusable', liaisonId, eventId },
    ]);
    expect(desk.measured).toContainEqual(['eventsUnusable', 1]);
  });
});
