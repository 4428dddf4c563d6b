import type { Page } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import {
  renderEmail,
  renderForDutyManager,
  renderPolice,
  renderSms,
} from '#domain/notify/render.ts';
import type { MakeLink } from '../adapters/links/page-links.ts';
import type { TakeCode } from '../adapters/links/take-code.ts';
import { NeverAccepted, type Publisher } from '../adapters/sns/publisher.ts';

export type SendPageDeps = Readonly<{
  publisher: Publisher;
  makeLink: MakeLink;
  takeCode: TakeCode;
  policeTopicArn: string;
  dutyManagerTopicArn: string;
  canaryTopicArn: string;
}>;

/** Renders a page for its channel and hands it to SNS. Returns the provider's id. */
export const sendPage =
  (deps: SendPageDeps) =>
  async (agencyId: AgencyId, page: Page): Promise<string> => {
    const { recipient } = page;
    if (recipient.channel === 'police') {
      return deps.publisher.feed(deps.policeTopicArn, renderPolice(page), {
        force: recipient.forceId,
        kind: page.conditionKind,
        severity: page.severity,
        purpose: page.purpose,
      });
    }
    if (recipient.channel === 'duty-manager') {
      return deps.publisher.email(deps.dutyManagerTopicArn, renderForDutyManager(page));
    }
    if (recipient.channel === 'canary') {
      const { alertId, facts } = page;
      return deps.publisher.feed(
        deps.canaryTopicArn,
        { alertId, openedAt: facts.violation.openedAt },
        {},
      );
    }
    // Record: nothing offers these channels to anybody yet.
    if (recipient.channel !== 'sms' && recipient.channel !== 'email') {
      throw new NeverAccepted(`no channel ${recipient.channel}`, null);
    }
    const link = await deps.makeLink(agencyId, page, recipient.personId);
    if (recipient.channel === 'email') {
      return deps.publisher.email(recipient.topicArn, renderEmail(page, link));
    }
    const code = await deps.takeCode(agencyId, page, recipient);
    return deps.publisher.sms(recipient.mobile, renderSms(page, link, code).text);
  };
export type SendPage = ReturnType<typeof sendPage>;
