import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { forgetfulLedger } from '#local/cloud/durable/ledger.ts';
import { answerVoice } from '#local/cloud/gateway/answer-voice.ts';
import { createOutbox } from '#local/cloud/outbox/outbox.ts';

const NUMBER = '+442079460001';

const start = () => {
  const clock = createClock({ mode: 'stopped', startAt: instant(0) });
  const outbox = createOutbox(clock, forgetfulLedger());
  const ask = (fields: object) =>
    answerVoice(outbox)({
      ...{ caller: { kind: 'operator' }, service: 'sms-voice', operation: 'SendVoiceMessage' },
      ...{ headers: {}, method: 'POST', path: '/' },
      body: Buffer.from(
        JSON.stringify({
          ...{ DestinationPhoneNumber: NUMBER, OriginationIdentity: 'arn', MessageBody: 'Hello' },
          ...fields,
        }),
      ),
    });
  return { outbox, ask };
};

describe('a call', () => {
  it('rings nowhere, and stands in the outbox with what would be said', async () => {
    const { outbox, ask } = start();
    const reply = await ask({});
    expect(reply?.status).toBe(200);
    const { MessageId: messageId } = JSON.parse(String(reply?.body));
    expect(outbox.entries()).toMatchObject([
      { channel: 'voice', to: NUMBER, text: 'Hello', messageId },
    ]);
  });

  it.each([
    ['of a number that is none', { DestinationPhoneNumber: '020 7946 0001' }],
    ['that says nothing', { MessageBody: '' }],
    ['that would be tried for weeks', { TimeToLive: 1_000_000 }],
  ])('%s is refused as AWS does', async (_, fields) => {
    const { outbox, ask } = start();
    expect((await ask(fields))?.headers['x-amzn-errortype']).toBe('ValidationException');
    expect(outbox.entries()).toEqual([]);
  });

  it('to a number that takes none is refused, until that is taken back', async () => {
    const { outbox, ask } = start();
    const takeBack = outbox.refuse('voice', NUMBER);
    expect((await ask({}))?.headers['x-amzn-errortype']).toBe('ConflictException');
    takeBack();
    expect((await ask({}))?.status).toBe(200);
  });
});
