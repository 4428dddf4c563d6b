import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { publisher } from '#functions/adapters/sns/publisher.ts';
import { voiceCalls } from '#functions/adapters/voice/voice-calls.ts';
import { webhooks } from '#functions/adapters/webhook/webhooks.ts';
import { sendPage } from '#functions/notify/send-page.ts';
import { tellPerson } from '#functions/notify/tell-person.ts';
import { police, T } from '#test/support/alerts.ts';
import { streamBatch } from '#test/support/batches.ts';
import { notifyOf } from '#test/support/notify-run.ts';
import { outboxImage, page } from '#test/support/pages.ts';
import { RECIPIENTS } from '#test/support/recipients.ts';

/** Refusals for good, passing trouble, and what no manual lists. */
const ERRORS = [
  'InvalidParameterException',
  'OptedOutException',
  'ValidationException',
  'ThrottledException',
  'InternalErrorException',
  'KMSAccessDeniedException',
  'TimeoutError',
  'SomethingNew',
];

/** Notify as it is deployed, but for providers that all answer with an error. */
const failingWith = (name: string) => {
  const sns = new SNSClient({ region: 'eu-west-2' });
  const voice = new PinpointSMSVoiceV2Client({ region: 'eu-west-2' });
  const no = () => Promise.reject(Object.assign(new Error('no'), { name }));
  for (const client of [sns, voice]) mockClient(client).onAnyCommand().callsFake(no);
  return notifyOf({
    sendPage: sendPage({
      publisher: publisher(sns),
      tellPerson: tellPerson({
        publisher: publisher(sns),
        call: voiceCalls(voice, 'arn:phone'),
        postToWebhook: webhooks({
          ...{ hosts: ['pages.agency.example'], linkSecret: async () => 'secret', now: () => T },
          post: no,
        }),
      }),
      makeLink: async () => 'https://homeward.example/link',
      takeCode: async () => '4K7',
      tellLiaison: () => publisher(sns).feed('arn:liaisons', { text: '{}', attributes: {} }),
      dutyManagerTopicArn: 'arn:duty-manager',
      canaryTopicArn: 'arn:canary',
    }),
  });
};

describe('a page that its provider has not taken (prometheus/alertmanager#4006)', () => {
  const cases = [...RECIPIENTS, police].flatMap((recipient) =>
    ERRORS.map((error) => [recipient.channel, error, recipient] as const),
  );

  it.each(cases)('by %s, for %s, is never on record as sent', async (_, error, recipient) => {
    const { handle, outcomes, measured } = failingWith(error);
    const batch = streamBatch(outboxImage('page', page({ recipient })));
    const { batchItemFailures } = await handle(batch);
    const ends = outcomes.map(({ status }) => status);
    // It comes again, or its row says that it failed, and the next channel is tried.
    // What is for a liaison comes again by the sweep: it holds up nobody in the stream.
    const again = recipient.channel === 'liaison' ? 0 : 1;
    expect([ends, batchItemFailures.length]).toEqual(
      ends.length === 0 ? [[], again] : [['failed'], 0],
    );
    expect(measured.map(([name]) => name)).not.toContain('pagesSent');
  });
});
