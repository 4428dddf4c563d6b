import { expect, it } from 'vitest';
import { isoInstantSchema } from '#domain/model/instant.ts';
import type { OutboxEntry } from '#local/cloud/outbox/outbox.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { readOutcome } from '#local/replay/read-outcome.ts';

const AT = '2026-03-02T09:00:00.000Z';
const RECIPIENTS = [
  ...['sms', 'voice', 'email', 'push', 'webhook'].map((channel) => ({ channel, personId: 'o-1' })),
  { channel: 'liaison', liaisonId: 'metropolitan' },
];

const ALERT = {
  ...{ alertId: 'a', wearerId: 'w-1', wearerName: 'W', zoneName: null, placeLabel: null },
  ...{ status: 'open', openedAt: AT, acknowledgements: [], closed: null },
  violation: {
    ...{ conditionId: 'keep-out', reason: 'home-unit-moved', openedAt: AT, endedAt: null },
    ...{ detectedAt: AT, certainty: null },
  },
};
const pages = RECIPIENTS.map((recipient) => ({
  ...{ purpose: 'alert', step: 0, status: 'pending', recipient, outcome: null },
}));

const DETAIL = asReader('o-1', '/v1/alerts/a');
const refused = () => Promise.reject(new Error('it only reads'));
const api: ApiClient = {
  get: async (path) => {
    if (path === DETAIL) return { alert: ALERT, pages };
    return { alerts: path.endsWith('status=open') ? [{ alertId: 'a' }] : [] };
  },
  ...{ put: refused, post: refused },
};

it('reads pages on every channel that there is', async () => {
  const { alerts } = await readOutcome(api, 'o-1', []);
  expect(alerts.flatMap((alert) => alert.pages.map(({ channel, to }) => [channel, to]))).toEqual([
    ...['sms', 'voice', 'email', 'push', 'webhook'].map((channel) => [channel, 'o-1']),
    ['liaison', 'metropolitan'],
  ]);
});

it('knows the message of an event by its id, and not by one that only names it', async () => {
  const eventId = (n: number) => `${'a'.repeat(26)}.${n}`;
  const entry = (n: number, text: string): OutboxEntry => ({
    ...{ messageId: `m-${n}`, channel: 'queue', to: 'queue', text, attributes: {} },
    ...{ sequence: n, acceptedRealAt: 0 },
    acceptedAt: isoInstantSchema.parse(AT),
  });
  const told = [1, 2, 10].map((n) => ({
    ...{ purpose: 'alert', step: 0, status: 'sent', outcome: { providerId: eventId(n) } },
    recipient: { channel: 'liaison', liaisonId: 'metropolitan' },
  }));
  const withEvents: ApiClient = {
    ...api,
    get: async (path) => (path === DETAIL ? { alert: ALERT, pages: told } : api.get(path)),
  };
  const entries = [entry(1, `{"id":"${eventId(10)}"}`), entry(2, `{"id":"${eventId(1)}"}`)];
  const { alerts, strayMessages } = await readOutcome(withEvents, 'o-1', entries);
  const at = isoInstantSchema.parse(AT);
  expect(alerts[0]?.pages.map(({ acceptedAt }) => acceptedAt)).toEqual([at, null, at]);
  expect(strayMessages).toEqual([]);
});
