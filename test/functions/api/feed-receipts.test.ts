import { describe, expect, it } from 'vitest';
import { capSenderOf } from '#domain/liaison/cap.ts';
import { type EventId, eventIdOf, incidentIdSchema } from '#domain/liaison/event.ts';
import { testEventOf } from '#domain/liaison/test-event.ts';
import { alertIdSchema, liaisonIdSchema } from '#domain/model/ids.ts';
import { TEST_WEARER } from '#domain/model/test-wearer.ts';
import { appendToFeed } from '#functions/adapters/dynamodb/liaison-feed-append.ts';
import { liaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { T } from '#test/support/alerts.ts';
import { liaison } from '#test/support/liaisons.ts';
import { ACCEPT, DESK_KEYS, jws, messageDesk, says } from '#test/support/message-desk.ts';
import { NO_PAUSE } from '#test/support/no-pause.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { INCIDENT } from '#test/support/transfers.ts';

const { agencyId } = WEARER;
const incidentId = incidentIdSchema.parse('t'.repeat(26));
const eventId = eventIdOf(incidentId, 1);
const of = (liaisonId: string) => ({
  ...{ agencyId, liaisonId: liaisonIdSchema.parse(liaisonId), door: 'exercise' as const },
});

/** A force whose feed of exercises holds a test, which nobody has to accept. */
const givenATest = async (publicKeys: readonly object[] = []) => {
  const desk = await messageDesk(publicKeys);
  const tables = { monitoring: 'monitoring', record: 'record' };
  const source = { name: 'test.a', alertId: alertIdSchema.parse('test.a'), wearerId: TEST_WEARER };
  const known = liaison();
  await appendToFeed(desk.client, tables, NO_PAUSE)(of('met'), source, async () => ({
    event: testEventOf({ agencyId, liaison: known, incidentId, at: T }),
    ...{ parts: [], liaison: known, decision: null, at: T, beside: [] },
  }));
  const acknowledgedAt = async () =>
    (await liaisonFeeds(desk.client, 'monitoring').find(of('met'), eventId))?.acknowledgedAt;
  return { ...desk, acknowledgedAt };
};

const receipt = (code = 'stored') => ({
  ...says({ type: 'receipt', eventId, code }),
  incidentId,
});

const ack = (kind: 'Ack' | 'Error', ...eventIds: readonly EventId[]): string => {
  const sender = capSenderOf({ agency: 'demo' });
  const references = eventIds.map((id) => `${sender},${id},2026-03-02T20:00:00-00:00`).join(' ');
  return [
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    '<identifier>ack-1</identifier><sender>met</sender>',
    `<sent>2026-03-02T20:00:55-00:00</sent><status>Test</status><msgType>${kind}</msgType>`,
    '<scope>Private</scope><addresses>demo</addresses>',
    ...(kind === 'Error' ? ['<note>no such thing here</note>'] : []),
    `<references>${references}</references></alert>`,
  ].join('');
};

describe('given an event of which no transfer waits', () => {
  it('a receipt of it is an acknowledgement, once', async () => {
    const { post, acknowledgedAt, clock } = await givenATest();
    expect(await post(receipt())).toEqual({
      status: 200,
      json: {
        outcome: 'taken',
        changes: [{ incidentId, outcome: 'taken', stands: null, peopleCalled: false }],
      },
    });
    expect(await acknowledgedAt()).toBe(clock.now);
    expect(await post(receipt())).toMatchObject({
      json: { outcome: 'known', changes: [{ incidentId, reason: 'message-known' }] },
    });
    expect(await post({ ...receipt(), jti: 'm-2' })).toMatchObject({
      json: { outcome: 'taken', changes: [{ outcome: 'nothing-new', reason: 'receipt-known' }] },
    });
  });

  it('a signed receipt of it is, too, and one that is not signed is none', async () => {
    const { post, acknowledgedAt } = await givenATest(DESK_KEYS);
    expect(await post(receipt())).toMatchObject({ status: 401 });
    expect(await acknowledgedAt()).toBe(null);
    expect(await post(await jws(receipt()), 'application/jose')).toMatchObject({ status: 200 });
    expect(await acknowledgedAt()).not.toBe(null);
  });

  it('an answer in CAP takes it beside an incident that somebody has to accept', async () => {
    const { post, acknowledgedAt, load } = await givenATest();
    const xml = ack('Ack', eventId, eventIdOf(INCIDENT, 1));
    expect(await post(xml, 'application/cap+xml')).toMatchObject({
      ...{ status: 200, json: { changes: [{ outcome: 'taken' }, { outcome: 'taken' }] } },
    });
    expect(await acknowledgedAt()).not.toBe(null);
    expect((await load()).newest.receipt).toMatchObject({ code: 'stored' });
  });

  it.each([
    ['a receipt that it is of no use', receipt('unroutable'), 'application/json'],
    ['an error in CAP', ack('Error', eventId), 'application/cap+xml'],
  ])('%s is taken and counted, and acknowledges nothing', async (_, body, type) => {
    const { post, acknowledgedAt, measured } = await givenATest();
    expect(await post(body, type)).toMatchObject({ status: 200 });
    expect(await acknowledgedAt()).toBe(null);
    expect(measured).toContainEqual(['eventsUnusable', 1]);
  });

  it.each([
    ['an acceptance', { ...ACCEPT, incidentId, eventId }, 'met'],
    ['a receipt of another event of it', { ...receipt(), eventId: `${incidentId}.2` }, 'met'],
    [
      'a receipt under the id of another incident',
      { ...receipt(), eventId: `${'u'.repeat(26)}.1` },
      'met',
    ],
    ["another liaison's receipt", receipt(), 'essex'],
  ])('%s is of an incident that is unknown', async (_, body, who) => {
    const { post, acknowledgedAt } = await givenATest();
    expect(await post(body, 'application/json', { who })).toMatchObject({ status: 404 });
    expect(await acknowledgedAt()).toBe(null);
  });
});
