import {
  type PinpointSMSVoiceV2Client,
  SendVoiceMessageCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { NeverAccepted } from '../sns/publisher.ts';

/** A call that comes hours late wakes somebody for nothing: by then others have been told. */
const RINGS_WITHIN_SECONDS = 600;

/**
 * What says that this number, or any, is not called however often one asks: wrong, opted out, not
 * ours, or the month's money is spent.
 */
const PERMANENT = new Set([
  'ValidationException',
  'ConflictException',
  'ResourceNotFoundException',
  'ServiceQuotaExceededException',
]);

/**
 * Calls a number and says a text, through AWS End User Messaging. Returns the provider's id. Throws
 * NeverAccepted where no other try can help.
 */
export const voiceCalls =
  (client: PinpointSMSVoiceV2Client, originationIdentity: string) =>
  async (phone: string, text: string): Promise<string> => {
    const command = new SendVoiceMessageCommand({
      DestinationPhoneNumber: phone,
      OriginationIdentity: originationIdentity,
      MessageBody: text.toWellFormed(),
      MessageBodyTextType: 'TEXT',
      VoiceId: 'AMY',
      TimeToLive: RINGS_WITHIN_SECONDS,
    });
    try {
      const { MessageId } = await client.send(command);
      return MessageId ?? 'unnamed';
    } catch (error) {
      // Record what can never be accepted; anything else is thrown on, to be tried again.
      if (error instanceof Error && PERMANENT.has(error.name)) {
        throw new NeverAccepted(error.name, error);
      }
      throw error;
    }
  };
export type Call = ReturnType<typeof voiceCalls>;
