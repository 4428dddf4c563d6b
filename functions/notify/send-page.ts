import type { Page } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { renderEmail, renderForDutyManager, renderSms } from '#domain/notify/render.ts';
import { renderPush, renderSpoken, renderWebhook } from '#domain/notify/render-by-channel.ts';
import type { MakeLink } from '../adapters/links/page-links.ts';
import type { TakeCode } from '../adapters/links/take-code.ts';
import type { Publisher } from '../adapters/sns/publisher.ts';
import type { TellLiaison } from './tell-liaison.ts';
import type { TellPerson } from './tell-person.ts';

export type SendPageDeps = Readonly<{
  publisher: Pick<Publisher, 'email' | 'feed'>;
  tellPerson: TellPerson;
  makeLink: MakeLink;
  takeCode: TakeCode;
  tellLiaison: TellLiaison;
  dutyManagerTopicArn: string;
  canaryTopicArn: string;
}>;

/** Renders a page for its channel and hands it to the provider. Returns the provider's id. */
export const sendPage =
  (deps: SendPageDeps) =>
  async (agencyId: AgencyId, page: Page): Promise<string> => {
    const { recipient } = page;
    if (recipient.channel === 'liaison') return deps.tellLiaison(agencyId, page);
    if (recipient.channel === 'duty-manager') {
      return deps.publisher.email(deps.dutyManagerTopicArn, renderForDutyManager(page));
    }
    if (recipient.channel === 'canary') {
      const { alertId, facts } = page;
      const { openedAt } = facts.violation;
      const text = JSON.stringify({ alertId, openedAt });
      return deps.publisher.feed(deps.canaryTopicArn, { text, attributes: {} });
    }
    const link = await deps.makeLink(agencyId, page, recipient.personId);
    const code =
      recipient.channel === 'sms' ? await deps.takeCode(agencyId, page, recipient) : null;
    return deps.tellPerson(agencyId, recipient, {
      id: page.pageId,
      sms: () => renderSms(page, link, code).text,
      email: () => renderEmail(page, link),
      spoken: () => renderSpoken(page),
      push: () => renderPush(page, link),
      webhook: () => renderWebhook(page, link),
    });
  };
export type SendPage = ReturnType<typeof sendPage>;
