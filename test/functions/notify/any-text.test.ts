import {
  PinpointSMSVoiceV2Client,
  SendVoiceMessageCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { halfCharacterIn } from '#domain/model/well-formed.ts';
import { publisher } from '#functions/adapters/sns/publisher.ts';
import { voiceCalls } from '#functions/adapters/voice/voice-calls.ts';
import { webhooks } from '#functions/adapters/webhook/webhooks.ts';
import { sendPage } from '#functions/notify/send-page.ts';
import { tellPerson } from '#functions/notify/tell-person.ts';
import { T } from '#test/support/alerts.ts';
import { streamBatch } from '#test/support/batches.ts';
import { notifyOf } from '#test/support/notify-run.ts';
import { outboxImage, page } from '#test/support/pages.ts';
import { RECIPIENTS } from '#test/support/recipients.ts';

const AGENCY = agencyIdSchema.parse('demo');
/** Texts of any UTF-16 units: halves of characters, controls, noncharacters. */
const texts = fc.oneof(
  fc.constant('Zoë \ud83d'),
  fc.string({ unit: 'binary' }),
  fc.string({
    ...{ minLength: 1, maxLength: 400 },
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  }),
);

/** All that the providers are handed, by the channels as they are deployed. */
const providers = () => {
  const handed: unknown[] = [];
  const sns = new SNSClient({ region: 'eu-west-2' });
  const voice = new PinpointSMSVoiceV2Client({ region: 'eu-west-2' });
  const take = (input: unknown) => {
    handed.push(input);
    return { MessageId: 'p-1' };
  };
  mockClient(sns).on(PublishCommand).callsFake(take);
  mockClient(voice).on(SendVoiceMessageCommand).callsFake(take);
  const send = sendPage({
    publisher: publisher(sns),
    tellPerson: tellPerson({
      publisher: publisher(sns),
      call: voiceCalls(voice, 'arn:phone'),
      postToWebhook: webhooks({
        ...{ hosts: ['pages.agency.example'], linkSecret: async () => 'secret', now: () => T },
        post: async ({ body }) => {
          handed.push(body);
          return 200;
        },
      }),
    }),
    makeLink: async () => 'https://homeward.example/link',
    takeCode: async () => '4K7',
    tellLiaison: () => Promise.reject(new Error('not asked')),
    dutyManagerTopicArn: 'arn:duty-manager',
    canaryTopicArn: 'arn:canary',
  });
  return { handed, send };
};

/** A text with the JSON in it, which may hold escapes of halves, and so the JSON in that. */
const unpacked = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null) return Object.values(value).map(unpacked);
  if (typeof value !== 'string' || !/^[[{"]/.test(value)) return value;
  try {
    return unpacked(JSON.parse(value));
  } catch {
    // Record: it only looked like JSON.
    return value;
  }
};

describe('whatever a name holds', () => {
  it.each(RECIPIENTS.map((recipient) => [recipient.channel, recipient] as const))(
    'a page by %s goes out, in well-formed Unicode',
    async (_, recipient) => {
      await fc.assert(
        fc.asyncProperty(texts, texts, async (name, place) => {
          const { handed, send } = providers();
          const { handle, outcomes } = notifyOf({ sendPage: send });
          const made = page({ recipient });
          const facts = { ...made.facts, wearerName: name, zoneName: place, placeLabel: place };
          const kept = { ...made, facts: { ...facts, legalBasis: name } };
          await handle(streamBatch(outboxImage('page', kept)));
          await send(AGENCY, kept);
          expect(outcomes).toMatchObject([{ status: 'sent' }]);
          expect(handed).toHaveLength(2);
          expect(halfCharacterIn(handed.map(unpacked))).toBeNull();
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe.each([
  ['a text that cannot be written', () => decodeURIComponent('%')],
  ['a list that has no such length', () => String(new Array(-1))],
  ['what is nothing', () => String(Object(null).name.first)],
])('given %s, at each try', (_, fault) => {
  it('a page has failed, so that the next channel is tried at once', async () => {
    const { handle, outcomes, measured } = notifyOf({ sendPage: async () => fault() });
    const given = await handle(streamBatch(outboxImage('page', page())));
    expect(given).toEqual({ batchItemFailures: [] });
    const reason = expect.stringMatching(/^(URI|Range|Type)Error$/);
    expect(outcomes).toMatchObject([{ status: 'failed', reason }]);
    expect(measured).toEqual([['pagesFailed', 1]]);
  });
});

it.each([
  ['a network that failed', new TypeError('fetch failed', { cause: new Error('ECONNRESET') })],
  [
    'an answer that nobody can read',
    Object.assign(new TypeError('x'), { $response: { statusCode: 502 } }),
  ],
])('given %s, a page is tried again', async (_, error) => {
  const { handle, outcomes } = notifyOf({ sendPage: () => Promise.reject(error) });
  const { batchItemFailures } = await handle(streamBatch(outboxImage('page', page())));
  expect([batchItemFailures.length, outcomes]).toEqual([1, []]);
});
