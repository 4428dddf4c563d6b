import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capOf } from '#domain/liaison/cap.ts';
import { liaisonEventSchema } from '#domain/liaison/event.ts';
import { disclosableSchema } from '#domain/model/liaison.ts';
import { appendToFeed } from '#functions/adapters/dynamodb/liaison-feed-append.ts';
import { makeIncidentId } from '#functions/adapters/feed-keys/incident-id.ts';
import type { Route } from '#functions/api/route.ts';
import { getLiaisonTest, putLiaisonTest } from '#functions/api/routes/liaison-tests.ts';
import { httpRequestSchema } from '#functions/middleware/http.ts';
import { capProblems } from '#local/contract/cap-rules.ts';
import { later } from '#test/support/alerts.ts';
import { deliveredFeed, FEED } from '#test/support/delivered-feed.ts';
import { liaison } from '#test/support/liaisons.ts';
import { NO_PAUSE } from '#test/support/no-pause.ts';

const EXERCISES = { ...FEED, door: 'exercise' } as const;
let desk: ReturnType<typeof deliveredFeed>;
beforeEach(() => {
  desk = deliveredFeed();
});
afterEach(() => desk.restore());

const deps = () => ({
  loadLiaison: async () => desk.known.liaison,
  liaisonFeeds: desk.feeds,
  appendToFeed: appendToFeed(desk.client, { monitoring: 'monitoring', record: 'record' }, NO_PAUSE),
  wantDelivery: desk.deliveries.want,
  askForDelivery: async () => undefined,
  makeIncidentId: makeIncidentId(async () => 'a secret'),
});

const asked = async (route: Route, testId = 'monday') => {
  const pathParameters = { liaisonId: FEED.liaisonId, testId };
  const request = httpRequestSchema.parse({
    ...{ routeKey: '-', requestContext: {}, pathParameters },
  });
  const { statusCode, body } = await route({ agencyId: FEED.agencyId, request, now: later(3) });
  return { statusCode, answer: JSON.parse(body) };
};
const put = (testId?: string) => asked(putLiaisonTest(deps()), testId);

describe('a test that a liaison is sent', () => {
  it('says that it is one, and nothing of anybody', async () => {
    expect(await put()).toMatchObject({ statusCode: 200, answer: { position: 1, delivery: null } });
    const [found] = await desk.feeds.after(EXERCISES, 0, 10);
    const event = liaisonEventSchema.parse(found?.event);
    expect(event).toMatchObject({ status: 'Test', type: 'raised', sequence: 1 });
    expect(event.headline).toMatch(/^TEST /);
    expect(disclosableSchema.options.filter((part) => part in event)).toEqual([]);
    expect(capProblems(capOf(event))).toEqual([]);
    expect(await desk.feeds.after(FEED, 0, 10)).toEqual([]);
  });

  it('is sent once under an id, and shows what became of it', async () => {
    const first = await put();
    expect((await put()).answer).toEqual(first.answer);
    await desk.give({ kind: 'feed', ...EXERCISES });
    expect(desk.delivered).toEqual([first.answer.eventId]);
    const { answer } = await asked(getLiaisonTest(deps()));
    expect(answer).toMatchObject({ eventId: first.answer.eventId, delivery: { is: 'delivered' } });
    expect((await put('tuesday')).answer.eventId).not.toBe(first.answer.eventId);
  });

  it('is sent to nobody who does not come any more, and is unknown before it is sent', async () => {
    expect(await asked(getLiaisonTest(deps()))).toMatchObject({ statusCode: 404 });
    const since = '2026-03-01T00:00:00Z';
    desk.known.liaison = liaison({ responseWithdrawn: { since, reason: 'two false calls' } });
    const { statusCode, answer } = await put();
    expect([statusCode, answer.code]).toEqual([409, 'response-withdrawn']);
    expect(await desk.feeds.after(EXERCISES, 0, 10)).toEqual([]);
  });
});
