import type { ContactMessage } from '#domain/model/contact-message.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import {
  renderSpokenToContact,
  renderToContact,
  renderToManager,
} from '#domain/notify/render-contact-message.ts';
import { contactCode } from '../adapters/secrets/contact-code.ts';
import type { ReadSecret } from '../adapters/secrets/secret.ts';
import type { Publisher } from '../adapters/sns/publisher.ts';
import type { TellPerson } from './tell-person.ts';

export type SendContactMessageDeps = Readonly<{
  publisher: Pick<Publisher, 'email'>;
  tellPerson: TellPerson;
  linkSecret: ReadSecret;
  dutyManagerTopicArn: string;
}>;

type Named = Readonly<{ id: string; message: ContactMessage }>;

/** Tells a contact, or the duty manager, something about the contact. Returns the provider's id. */
export const sendContactMessage =
  (deps: SendContactMessageDeps) =>
  async (agencyId: AgencyId, { id, message }: Named): Promise<string> => {
    if (!('recipient' in message)) {
      return deps.publisher.email(deps.dutyManagerTopicArn, renderToManager(message));
    }
    const { recipient } = message;
    const { personId, channel } = recipient;
    const code =
      message.about === 'code'
        ? contactCode(
            { agencyId, personId, channel, nonce: message.nonce },
            await deps.linkSecret(),
          )
        : '';
    const said = renderToContact(message, code);
    return deps.tellPerson(agencyId, recipient, {
      id,
      sms: () => said.text,
      email: () => said,
      spoken: () => renderSpokenToContact(message, code),
      push: () => ({ title: said.subject, body: said.text, link: null }),
      webhook: () => ({
        type: `homeward.contact.${message.about}`,
        timestamp: toIso(message.createdAt),
        data: { personId, text: said.text, ...(code === '' ? {} : { code }) },
      }),
    });
  };
export type SendContactMessage = ReturnType<typeof sendContactMessage>;
