import type { Page } from '#domain/model/alert.ts';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import { pageRightOf } from '#domain/reply/page-right.ts';
import type { Links } from '../dynamodb/links.ts';
import type { ReadSecret } from '../secrets/secret.ts';
import { linkText, tokenOf } from './acknowledge-link.ts';

export type PageLinksDeps = Readonly<{
  links: Pick<Links, 'put'>;
  linkSecret: ReadSecret;
  publicUrl: string;
}>;

/**
 * Makes the address by which a person answers a page, and keeps what it may do. It is kept before
 * it is given out, so that no link is ever read that opens nothing.
 */
export const pageLinks =
  ({ links, linkSecret, publicUrl }: PageLinksDeps) =>
  async (agencyId: AgencyId, page: Page, personId: PersonId): Promise<string> => {
    const token = tokenOf(agencyId, page.pageId, await linkSecret());
    const link = { agencyId, token };
    await links.put(link, pageRightOf(page, personId));
    return `${publicUrl}/v1/acknowledge/${linkText(link)}`;
  };
export type MakeLink = ReturnType<typeof pageLinks>;
