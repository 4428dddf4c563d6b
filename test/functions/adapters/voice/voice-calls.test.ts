import {
  PinpointSMSVoiceV2Client,
  SendVoiceMessageCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { voiceCalls } from '#functions/adapters/voice/voice-calls.ts';

const client = new PinpointSMSVoiceV2Client({ region: 'eu-west-2' });
const mock = mockClient(client);
beforeEach(() => mock.reset());

const FROM = 'arn:aws:sms-voice:eu-west-2:123456789012:phone-number/phone-1';
const call = voiceCalls(client, FROM);

describe('a call', () => {
  it('is made from the agency’s number, and rings within ten minutes or not at all', async () => {
    mock.on(SendVoiceMessageCommand).resolves({ MessageId: 'v-1' });
    expect(await call('+442079460001', 'Hello')).toBe('v-1');
    expect(mock.commandCalls(SendVoiceMessageCommand)[0]?.args[0].input).toMatchObject({
      ...{ DestinationPhoneNumber: '+442079460001', OriginationIdentity: FROM },
      ...{ MessageBody: 'Hello', MessageBodyTextType: 'TEXT', TimeToLive: 600 },
    });
  });

  it.each([
    'ValidationException',
    'ConflictException',
    'ResourceNotFoundException',
    'ServiceQuotaExceededException',
  ])('that is refused with %s is never accepted', async (name) => {
    mock.on(SendVoiceMessageCommand).rejects(Object.assign(new Error('+44 207'), { name }));
    const made = call('+442079460001', 'Hello');
    await expect(made).rejects.toThrow(NeverAccepted);
    await expect(made).rejects.not.toThrow('207');
  });

  it.each(['ThrottlingException', 'InternalServerException', 'AccessDeniedException', 'Error'])(
    'that fails with %s is no call, and may be made the next time',
    async (name) => {
      mock.on(SendVoiceMessageCommand).rejects(Object.assign(new Error('no'), { name }));
      const made = call('+442079460001', 'Hello');
      await expect(made).rejects.toThrow('no');
      await expect(made).rejects.not.toThrow(NeverAccepted);
    },
  );
});
