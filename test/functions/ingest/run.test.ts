import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import type { Activation } from '#domain/model/wearer.ts';
import { unpackEvents } from '#domain/trail/pack-events.ts';
import { evaluateMessageSchema } from '#functions/adapters/sqs/messages.ts';
import { NotQueued } from '#functions/adapters/sqs/queue.ts';
import { MOST_BYTES } from '#functions/ingest/decode-body.ts';
import { MOST_EVENTS } from '#functions/ingest/reading.ts';
import { later, T } from '#test/support/alerts.ts';
import { ADMINISTRATOR, bodyOf, HEAD_END, httpRequest } from '#test/support/http.ts';
import { activation, keptIngest } from '#test/support/kept-ingest.ts';

const KNOWN = [
  activation('a-1', 'w-1'),
  activation('a-2', 'w-2'),
  activation('new', 'w-3', { startsAt: later(-10) }),
  activation('over', 'w-3', { endsAt: later(-3_600) }),
  activation('theirs', 'w-9', { headEndId: 'another' }),
];

const FIX = {
  kind: 'fix',
  activationId: 'a-1',
  lat: 51.5,
  lon: -0.1,
  recordedAt: toIso(later(-60)),
};

const ingest = (activations: readonly Activation[] = KNOWN) => {
  const kept = keptIngest({ activations });
  const post = (body: unknown, contentType = 'application/json', who: unknown = HEAD_END) =>
    kept.post('POST /v1/events', { body, who, headers: { 'content-type': contentType } });
  return { ...kept, post };
};

describe('a body of sound events', () => {
  it('is accepted when the queue has one message for each wearer', async () => {
    const { post, sent, measured } = ingest();
    const second = { ...FIX, activationId: 'a-2' };
    const check = { ...FIX, kind: 'check', method: 'door', result: 'present' };
    const response = await post([FIX, second, check]);
    expect(response.statusCode).toBe(202);
    expect(bodyOf(response)).toEqual({ accepted: 3, refused: [] });
    const messages = sent.map((message) => evaluateMessageSchema.parse(message));
    const kinds = messages.map((message) =>
      message.kind === 'events'
        ? [message.wearerId, unpackEvents(Buffer.from(message.packed, 'base64')).map((e) => e.kind)]
        : [],
    );
    expect(kinds).toEqual([
      ['w-1', ['fix', 'check']],
      ['w-2', ['fix']],
    ]);
    expect(measured).toEqual([['eventsAccepted', 3]]);
  });

  it.each(['application/x-ndjson', 'application/ndjson', 'Application/X-NDJSON; charset=utf-8'])(
    'may come line by line as %s',
    async (contentType) => {
      const lines = `${JSON.stringify(FIX)}\r\n\n${JSON.stringify(FIX)}\n`;
      expect(bodyOf(await ingest().post(lines, contentType))).toMatchObject({ accepted: 2 });
    },
  );

  it('may come in base64, as API Gateway sends what it takes for bytes', async () => {
    const { handle } = ingest();
    const plain = httpRequest({ routeKey: 'POST /v1/events', who: HEAD_END, body: [FIX] });
    const body = Buffer.from(JSON.stringify([FIX])).toString('base64');
    expect((await handle({ ...plain, body, isBase64Encoded: true })).statusCode).toBe(202);
  });

  it('is stamped with the instant at which we received it', async () => {
    const { post, sent } = ingest();
    await post([FIX]);
    expect(sent).toMatchObject([{ kind: 'events', agencyId: 'demo', receivedAt: T }]);
  });

  it('may name more activations of one wearer than fit one message', async () => {
    const many = Array.from({ length: 70 }, (_, i) => activation(`many-${i}`, 'w-1'));
    const { post, sent } = ingest(many);
    const events = many.map(({ activationId }) => ({ ...FIX, activationId }));
    expect(bodyOf(await post(events))).toMatchObject({ accepted: 70 });
    expect(sent.length).toBe(2);
  });
});

describe('a bad event among good ones', () => {
  const bad: readonly (readonly [string, unknown])[] = [
    ['not-an-object', 5],
    ['unknown-kind', { ...FIX, kind: 'ping' }],
    ['missing-field', { kind: 'fix', activationId: 'a-1', lat: 1, lon: 1 }],
    ['invalid-field', { ...FIX, motion: 'running' }],
    ['coordinates-out-of-range', { ...FIX, lat: 91 }],
    ['null-island', { ...FIX, lat: 0, lon: 0 }],
    ['recorded-in-future', { ...FIX, recordedAt: toIso(later(301)) }],
    ['recorded-too-old', { ...FIX, recordedAt: toIso(later(-31 * 86_400)) }],
    ['activation-unknown', { ...FIX, activationId: 'nobody' }],
    ['activation-unknown', { ...FIX, activationId: 'theirs' }],
    ['activation-not-started', { ...FIX, activationId: 'new' }],
    ['activation-ended', { ...FIX, activationId: 'over' }],
  ];

  it.each(bad)('is refused as %s, with its index, and the others are kept', async (code, event) => {
    const response = await ingest().post([FIX, event, FIX]);
    expect(response.statusCode).toBe(202);
    expect(bodyOf(response)).toMatchObject({ accepted: 2, refused: [{ index: 1, code }] });
  });

  it('is refused as malformed-line where its line is no JSON', async () => {
    const lines = `${JSON.stringify(FIX)}\n{"kind":\n${JSON.stringify(FIX)}`;
    expect(bodyOf(await ingest().post(lines, 'application/x-ndjson'))).toMatchObject({
      accepted: 2,
      refused: [{ index: 1, code: 'malformed-line' }],
    });
  });

  it('stands among the refused in the order of the body, whichever look found it', async () => {
    const events = bad.map(([, event]) => event).reverse();
    const { refused } = Object(bodyOf(await ingest().post(events)));
    expect(refused.map(({ index }: { index: number }) => index)).toEqual(events.map((_, i) => i));
  });

  it('is counted and logged by its code alone', async () => {
    const { post, lines, measured } = ingest();
    await post([FIX, 5, { ...FIX, lat: 91 }]);
    expect(measured).toEqual([
      ['eventsAccepted', 1],
      ['eventsRefused', 2],
      ['eventsRefused-not-an-object', 1],
      ['eventsRefused-coordinates-out-of-range', 1],
    ]);
    const codes = 'coordinates-out-of-range not-an-object';
    expect(lines).toEqual([
      {
        level: 'warn',
        message: 'events refused',
        fields: { tokenId: 't-1', accepted: 1, refused: 2, codes },
      },
    ]);
  });
});

describe('a body that is refused whole', () => {
  it.each([
    ['unsupported-content-type', 415, [FIX], 'text/csv'],
    ['unsupported-content-type', 415, [FIX], 'constructor'],
    ['empty-body', 400, '', 'application/json'],
    ['empty-body', 400, ' \n ', 'application/x-ndjson'],
    ['malformed-json', 400, '[NaN]', 'application/json'],
    ['not-an-array', 400, FIX, 'application/json'],
    ['too-many-events', 413, Array.from({ length: MOST_EVENTS + 1 }, () => 1), 'application/json'],
    ['too-many-events', 413, '1\n'.repeat(MOST_EVENTS + 1), 'application/x-ndjson'],
    ['body-too-large', 413, ' '.repeat(MOST_BYTES + 1), 'application/json'],
  ])('answers %s', async (code, status, body, contentType) => {
    const { post, sent } = ingest();
    const response = await post(body, contentType);
    expect(response.statusCode).toBe(status);
    expect(bodyOf(response)).toMatchObject({ code, detail: expect.any(String) });
    expect(sent).toEqual([]);
  });

  it('is not refused at exactly the most events', async () => {
    const events = Array.from({ length: MOST_EVENTS }, () => FIX);
    expect((await ingest().post(events)).statusCode).toBe(202);
  });

  it.each([ADMINISTRATOR, undefined, null, { role: 'head-end' }])(
    'answers not-a-head-end to %j',
    async (who) => {
      const response = await ingest().post([FIX], 'application/json', who ?? {});
      expect(response.statusCode).toBe(403);
      expect(bodyOf(response)).toMatchObject({ code: 'not-a-head-end' });
    },
  );
});

describe('a token that has used up its minute', () => {
  const limited = (waitSeconds: number) => {
    const asked: unknown[] = [];
    const kept = keptIngest({
      activations: KNOWN,
      deps: {
        takeAllowance: async (...args) => {
          asked.push(args);
          return { waitSeconds, counterFailed: null };
        },
      },
    });
    return { ...kept, asked };
  };

  it.each(['POST /v1/events', 'POST /v1/ingest/traccar', 'POST /v1/ingest/owntracks'])(
    'is told on %s when to come again, and nothing is taken',
    async (routeKey) => {
      const { post, sent, measured } = limited(17);
      const response = await post(routeKey, { body: [FIX] });
      expect(response).toMatchObject({
        statusCode: 429,
        headers: { 'retry-after': '17', 'content-type': 'application/problem+json' },
      });
      expect(bodyOf(response)).toMatchObject({ status: 429, code: 'too-many-requests' });
      expect(sent).toEqual([]);
      expect(measured).toEqual([['requestsLimited', 1]]);
    },
  );

  it.each([
    [[FIX, FIX, 5], { requests: 1, events: 3 }],
    ['[', { requests: 1, events: 0 }],
  ])('was asked for each request and event, sound or not', async (body, needed) => {
    const { post, asked } = limited(0);
    await post('POST /v1/events', { body });
    const { requestsPerMinute, eventsPerMinute } = HEAD_END;
    const limits = { requestsPerMinute, eventsPerMinute };
    expect(asked).toEqual([[{ pk: 'demo#ALLOWANCE#t-1', limits }, needed, T]]);
  });

  it('is not held back by a counter that fails, which is counted', async () => {
    const takeAllowance = async () => ({ waitSeconds: 0, counterFailed: 'TimeoutError' });
    const { post, measured } = keptIngest({ activations: KNOWN, deps: { takeAllowance } });
    expect((await post('POST /v1/events', { body: [FIX] })).statusCode).toBe(202);
    expect(measured).toContainEqual(['allowanceCounterFailed', 1]);
  });
});

describe('a token that speaks for one device', () => {
  it('is not taken for another of its head-end', async () => {
    const who = { ...HEAD_END, deviceSerial: 'a-2' };
    const response = await ingest().post([FIX, { ...FIX, activationId: 'a-2' }], undefined, who);
    expect(bodyOf(response)).toMatchObject({
      accepted: 1,
      refused: [{ index: 0, code: 'activation-unknown' }],
    });
  });
});

describe('when the queue takes nothing', () => {
  it('throws, so that nobody is told that it was accepted', async () => {
    const sendAll = () => Promise.reject(new NotQueued(1));
    const { handle } = keptIngest({ activations: KNOWN, deps: { events: { sendAll } } });
    const request = httpRequest({ routeKey: 'POST /v1/events', who: HEAD_END, body: [FIX] });
    await expect(handle(request)).rejects.toThrow(NotQueued);
  });
});

describe('whatever is sent', () => {
  const event = fc.oneof(
    fc.jsonValue(),
    fc.constant(FIX),
    fc.record({ ...Object.fromEntries(Object.keys(FIX).map((k) => [k, fc.jsonValue()])) }),
  );
  const body = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(event).map((events) => JSON.stringify(events)),
    fc.array(event).map((events) => events.map((one) => JSON.stringify(one)).join('\n')),
  );
  const contentType = fc.constantFrom('application/json', 'application/x-ndjson', 'text/plain', '');

  it('is answered, never with a 5xx, and every event is accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(body, contentType, async (text, type) => {
        const { post, sent } = ingest();
        const response = await post(text, type);
        expect(response.statusCode).toBeLessThan(500);
        const answer = Object(bodyOf(response));
        if (response.statusCode !== 202) return;
        expect(sent.length > 0).toBe(answer.accepted > 0);
        const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
        const count = type === 'application/json' ? JSON.parse(text).length : lines.length;
        expect(answer.accepted + answer.refused.length).toBe(count);
      }),
      { numRuns: 300 },
    );
  });
});
