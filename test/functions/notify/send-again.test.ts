import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { compactVerify, createLocalJWKSet } from 'jose';
import { describe, expect, it } from 'vitest';
import { incidentMessageSchema } from '#domain/liaison/incident.ts';
import { outboxRowFrom } from '#functions/adapters/dynamodb/outbox.ts';
import { signer } from '#functions/adapters/feed-keys/sign.ts';
import { signingKeyFrom } from '#functions/adapters/feed-keys/signing-key.ts';
import { type FeedMessage, NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { deliverEvent } from '#functions/notify/deliver-event.ts';
import { NotNow } from '#functions/notify/not-now.ts';
import { sendAgain } from '#functions/notify/send-again.ts';
import { writeEvent } from '#functions/notify/write-event.ts';
import { later, T } from '#test/support/alerts.ts';
import { NOTHING_FAILED, streamBatch } from '#test/support/batches.ts';
import { keptTransfers } from '#test/support/kept-transfers.ts';
import { liaisonEvents } from '#test/support/liaison-events.ts';
import { liaison } from '#test/support/liaisons.ts';
import { notifyOf } from '#test/support/notify-run.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { tick } from '#test/support/transfers.ts';

const { agencyId } = WEARER;
const [made] = fc.sample(liaisonEvents, { numRuns: 1, seed: 3 });
if (made === undefined) throw new Error('no event was made');
const event = { ...made, status: 'Exercise' as const };
const found = {
  ...{ position: 4, event, alertId: 'w-1.zone.abc', wearerId: 'w-1' },
  ...{ appendedAt: T, acknowledgedAt: null },
};
const key = signingKeyFrom('one');
const sign = signer(async () => ({ current: key, published: [key.publicJwk] }));

const desk = (fields: Readonly<Record<string, unknown>> = {}, isKept = true) => {
  const published: FeedMessage[] = [];
  const posted: string[] = [];
  const deliver = deliverEvent({
    publisher: {
      feed: async (_, message) => {
        published.push(message);
        return 'provider-1';
      },
    },
    topics: {
      actual: { standard: 'arn:a', ordered: undefined },
      exercise: { standard: 'arn:e', ordered: 'arn:e.fifo' },
    },
    writeEvent: writeEvent(sign),
    deliverByHttps: async (url) => {
      posted.push(url);
      return 'http-200';
    },
  });
  const again = sendAgain({
    feeds: { find: async () => (isKept ? Object(found) : null) },
    loadLiaison: async () => liaison(fields),
    deliver,
  });
  const send = () =>
    again(agencyId, Object({ liaisonId: 'met', eventId: event.eventId, tries: 2 }));
  return { send, published, posted };
};

describe('given an event without a receipt', () => {
  it('goes out once more as it stands in the feed', async () => {
    const { send, published } = desk({ delivery: { by: 'topic', ordered: true } });
    expect(await send()).toBe('provider-1');
    expect(JSON.parse(published[0]?.text ?? '')).toMatchObject({ id: event.eventId });
    expect(published[0]?.order).toEqual({
      group: event.incidentId,
      once: `${event.eventId}.again.2`,
    });
  });

  it('goes to the address of its own that a liaison has', async () => {
    const url = 'https://desk.example/incidents';
    const { send, posted } = desk({ delivery: { by: 'https', url } });
    expect(await send()).toBe('http-200');
    expect(posted).toEqual([url]);
  });

  it('goes nowhere where its response has been withdrawn, or nothing is on record', async () => {
    const since = '2026-03-01T00:00:00Z';
    const withdrawn = desk({ responseWithdrawn: { since, reason: 'two false calls' } });
    await expect(withdrawn.send()).rejects.toThrow(NeverAccepted);
    await expect(desk({}, false).send()).rejects.toThrow(NeverAccepted);
  });
});

describe('the formats', () => {
  it('an incident is signed, and reads as its schema says', async () => {
    const { text, contentType, isSigned } = await writeEvent(sign)(
      event,
      liaison({ format: 'incident', acceptance: { policyId: 'police-desk' } }),
    );
    expect({ contentType, isSigned }).toEqual({ contentType: 'application/jose', isSigned: true });
    const { payload } = await compactVerify(text, createLocalJWKSet({ keys: [key.publicJwk] }));
    const message = incidentMessageSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
    expect(message).toMatchObject({ messageId: event.eventId, ackWanted: 'all' });
  });

  it('CAP is XML', async () => {
    const { text, contentType } = await writeEvent(sign)(event, liaison({ format: 'cap' }));
    expect(contentType).toBe('application/cap+xml');
    expect(XMLValidator.validate(text)).toBe(true);
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

  it('ends when it is sent, and says why where it cannot be', async () => {
    const row = await rowOf();
    const ok = notifyOf({ sendAgain: async () => 'provider-9' });
    expect(await ok.handle(streamBatch(row))).toEqual(NOTHING_FAILED);
    expect(ok.outcomes).toMatchObject([{ status: 'sent', providerId: 'provider-9' }]);
    const never = notifyOf({ sendAgain: () => Promise.reject(new NeverAccepted('no', null)) });
    await never.handle(streamBatch(row));
    expect(never.outcomes).toMatchObject([{ status: 'failed' }]);
  });

  it('waits for the sweep where it cannot be taken just now, and holds up nobody', async () => {
    const busy = notifyOf({ sendAgain: () => Promise.reject(new NotNow('busy', null)) });
    expect(await busy.handle(streamBatch(await rowOf()))).toEqual(NOTHING_FAILED);
    expect(busy.outcomes).toEqual([]);
    expect(busy.measured).toContainEqual(['deliveriesPutOff', 1]);
  });
});
