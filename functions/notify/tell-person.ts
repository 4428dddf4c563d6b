import type { AgencyId } from '#domain/model/ids.ts';
import type { PersonRecipient } from '#domain/model/recipient.ts';
import type { EmailMessage } from '#domain/notify/render.ts';
import type { PushMessage } from '#domain/notify/render-by-channel.ts';
import { NeverAccepted, type Publisher } from '../adapters/sns/publisher.ts';
import type { Call } from '../adapters/voice/voice-calls.ts';
import type { PostToWebhook } from '../adapters/webhook/webhooks.ts';

export type TellPersonDeps = Readonly<{
  publisher: Pick<Publisher, 'sms' | 'email' | 'push'>;
  /** Null: there is no number to call from. */
  call: Call | null;
  postToWebhook: PostToWebhook;
}>;

/** The same thing, in the words of each channel. */
export type Words = Readonly<{
  /** The same when it is said again. */
  id: string;
  sms: () => string;
  email: () => EmailMessage;
  spoken: () => string;
  push: () => PushMessage;
  webhook: () => object;
}>;

/**
 * Tells a person something on one channel. Returns the provider's id. Throws NeverAccepted where no
 * other try can help.
 */
export const tellPerson =
  ({ publisher, call, postToWebhook }: TellPersonDeps) =>
  async (agencyId: AgencyId, recipient: PersonRecipient, words: Words): Promise<string> => {
    switch (recipient.channel) {
      case 'sms':
        return publisher.sms(recipient.mobile, words.sms());
      case 'email':
        return publisher.email(recipient.topicArn, words.email());
      case 'push':
        return publisher.push(recipient.endpointArn, words.push());
      case 'voice':
        // Record: whoever is left without a call has other channels, or a next step.
        if (call === null) throw new NeverAccepted('there is no number to call from', null);
        return call(recipient.phone, words.spoken());
      case 'webhook': {
        const { personId, url } = recipient;
        return postToWebhook({ agencyId, personId, url, id: words.id, body: words.webhook() });
      }
      default:
        return recipient satisfies never;
    }
  };
export type TellPerson = ReturnType<typeof tellPerson>;
