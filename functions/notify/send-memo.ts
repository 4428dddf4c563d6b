import type { AgencyId } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import type { Memo } from '#domain/model/memo.ts';
import {
  renderSpokenToContact,
  renderToContact,
  renderToManager,
} from '#domain/notify/render-memo.ts';
import { contactCode } from '../adapters/secrets/contact-code.ts';
import type { ReadSecret } from '../adapters/secrets/secret.ts';
import type { Publisher } from '../adapters/sns/publisher.ts';
import type { TellPerson } from './tell-person.ts';

export type SendMemoDeps = Readonly<{
  publisher: Pick<Publisher, 'email'>;
  tellPerson: TellPerson;
  linkSecret: ReadSecret;
  dutyManagerTopicArn: string;
}>;

type Named = Readonly<{ id: string; memo: Memo }>;

/** Tells a contact, or the duty manager, something about the contact. Returns the provider's id. */
export const sendMemo =
  (deps: SendMemoDeps) =>
  async (agencyId: AgencyId, { id, memo }: Named): Promise<string> => {
    if (!('recipient' in memo)) {
      return deps.publisher.email(deps.dutyManagerTopicArn, renderToManager(memo));
    }
    const { recipient } = memo;
    const { personId, channel } = recipient;
    const code =
      memo.about === 'code'
        ? contactCode({ agencyId, personId, channel, nonce: memo.nonce }, await deps.linkSecret())
        : '';
    const said = renderToContact(memo, code);
    return deps.tellPerson(agencyId, recipient, {
      id,
      sms: () => said.text,
      email: () => said,
      spoken: () => renderSpokenToContact(memo, code),
      push: () => ({ title: said.subject, body: said.text, link: null }),
      webhook: () => ({
        type: `homeward.contact.${memo.about}`,
        timestamp: toIso(memo.createdAt),
        data: { personId, text: said.text, ...(code === '' ? {} : { code }) },
      }),
    });
  };
export type SendMemo = ReturnType<typeof sendMemo>;
