import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { compactVerify, createLocalJWKSet } from 'jose';
import { describe, expect, it } from 'vitest';
import { incidentMessageSchema } from '#domain/liaison/incident.ts';
import { alertIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { halfCharacterIn } from '#domain/model/well-formed.ts';
import { signer } from '#functions/adapters/feed-keys/sign.ts';
import { signingKeyFrom } from '#functions/adapters/feed-keys/signing-key.ts';
import { type FeedMessage, NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { deliverEvent } from '#functions/deliver/deliver-event.ts';
import { writeEvent } from '#functions/deliver/write-event.ts';
import { T } from '#test/support/alerts.ts';
import { liaisonEvents } from '#test/support/liaison-events.ts';
import { liaison } from '#test/support/liaisons.ts';

const [made] = fc.sample(liaisonEvents, { numRuns: 1, seed: 3 });
if (made === undefined) throw new Error('no event was made');
const key = signingKeyFrom('one');
const sign = signer(async () => ({ current: key, published: [key.publicJwk] }));
const { incidentId, eventId } = made;

/** What is delivered of an event of a status, for how manieth a time, to a liaison. */
const delivered = async (
  status: 'Actual' | 'Exercise' | 'Test',
  fields: Readonly<Record<string, unknown>>,
  tries = 0,
) => {
  const published: (FeedMessage & { topicArn: string })[] = [];
  const posted: string[] = [];
  const deliver = deliverEvent({
    publisher: {
      feed: async (topicArn, message) => {
        published.push({ topicArn, ...message });
        return 'provider-1';
      },
    },
    topics: {
      actual: { standard: 'arn:a', ordered: 'arn:a.fifo' },
      exercise: { standard: 'arn:e', ordered: undefined },
    },
    writeEvent: writeEvent(sign),
    deliverByHttps: async (url) => {
      posted.push(url);
      return 'http-200';
    },
  });
  const one = {
    ...{ position: 4, event: { ...made, status }, madeOf: 'w-1.zone.abc#1' },
    ...{ alertId: alertIdSchema.parse('w-1.zone.abc'), wearerId: wearerIdSchema.parse('w-1') },
    ...{ appendedAt: T, acknowledgedAt: null, delivery: null },
  };
  const id = await deliver(one, liaison(fields), tries);
  return { id, published, posted };
};

describe('an event is delivered', () => {
  it('by the topic of what is real, with what it can be filtered by', async () => {
    const { id, published } = await delivered('Actual', {});
    expect(id).toBe('provider-1');
    expect(published).toMatchObject([
      { topicArn: 'arn:a', attributes: { recipient: made.recipient, status: 'Actual' } },
    ]);
    expect(JSON.parse(published[0]?.text ?? '')).toMatchObject({ id: eventId });
  });

  it.each(['Exercise', 'Test'] as const)('by a topic of its own, as %s', async (status) => {
    const { published } = await delivered(status, {});
    expect(published).toMatchObject([{ topicArn: 'arn:e', attributes: { status } }]);
  });

  it('in order where that is wanted, within the incident, and once under each id', async () => {
    const ordered = { delivery: { by: 'topic', ordered: true } };
    const first = await delivered('Actual', ordered);
    const second = await delivered('Actual', ordered, 2);
    expect(first.published[0]).toMatchObject({
      ...{ topicArn: 'arn:a.fifo', order: { group: incidentId, once: eventId } },
    });
    expect(second.published[0]?.order).toEqual({
      ...{ group: incidentId, once: `${eventId}.again.2` },
    });
  });

  it('in an order that the stack has no topic for to nobody', async () => {
    const ordered = { delivery: { by: 'topic', ordered: true } };
    await expect(delivered('Test', ordered)).rejects.toBeInstanceOf(NeverAccepted);
  });

  it('by post to the address for what it is, and never to the other', async () => {
    const [url, exerciseUrl] = ['https://desk.example/real', 'https://desk.example/exercise'];
    const delivery = { by: 'https', url, exerciseUrl };
    expect((await delivered('Actual', { delivery })).posted).toEqual([url]);
    expect((await delivered('Test', { delivery })).posted).toEqual([exerciseUrl]);
    const one = { delivery: { by: 'https', url } };
    await expect(delivered('Exercise', one)).rejects.toBeInstanceOf(NeverAccepted);
  });

  it('to who fetches by standing in the feed', async () => {
    const { id, published, posted } = await delivered('Actual', { delivery: { by: 'pull' } });
    expect([id, published, posted]).toEqual(['position-4', [], []]);
  });
});

describe('the formats', () => {
  it('an incident is signed, and reads as its schema says', async () => {
    const { text, contentType, isSigned } = await writeEvent(sign)(
      made,
      liaison({ format: 'incident', acceptance: { policyId: 'police-desk' } }),
    );
    expect({ contentType, isSigned }).toEqual({ contentType: 'application/jose', isSigned: true });
    const { payload } = await compactVerify(text, createLocalJWKSet({ keys: [key.publicJwk] }));
    const message = incidentMessageSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
    expect(message).toMatchObject({ messageId: eventId, ackWanted: 'all' });
  });

  it('CAP is XML', async () => {
    const { text, contentType } = await writeEvent(sign)(made, liaison({ format: 'cap' }));
    expect(contentType).toBe('application/cap+xml');
    expect(XMLValidator.validate(text)).toBe(true);
  });
});

describe('given half a character in a name', () => {
  const payloadOf = (jws: string) =>
    Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');

  it.each(['cloudevents', 'incident'])('%s holds none, and all else', async (format) => {
    const write = writeEvent(sign);
    const to = liaison({ format, ...(format === 'incident' ? { delivery: { by: 'pull' } } : {}) });
    await fc.assert(
      fc.asyncProperty(liaisonEvents, async (event) => {
        const { text } = await write(event, to);
        const json = format === 'incident' ? payloadOf(text) : text;
        expect(halfCharacterIn(JSON.parse(json))).toBeNull();
      }),
    );
  });

  it('cap holds none', async () => {
    const write = writeEvent(sign);
    await fc.assert(
      fc.asyncProperty(liaisonEvents, async (event) => {
        const { text } = await write(event, liaison({ format: 'cap' }));
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });
});
