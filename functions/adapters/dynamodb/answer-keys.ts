import type { AgencyId } from '#domain/model/ids.ts';
import type { Key } from './keys.ts';

/** What the link of a page lets its recipient do: under the digest of its token. */
export const linkKey = (agencyId: AgencyId, tokenDigest: string): Key => ({
  pk: `${agencyId}#LINK#${tokenDigest}`,
  sk: 'LINK',
});

/** Whose codes, texts and answers are kept together: those of a phone. */
const phonePk = (agencyId: AgencyId, mobile: string): string => `${agencyId}#MOBILE#${mobile}`;

/** What a code in a reply from this phone stands for. */
export const replyCodeKey = (agencyId: AgencyId, mobile: string, code: string): Key => ({
  pk: phonePk(agencyId, mobile),
  sk: `CODE#${code}`,
});

/** What a text from this phone is answered: one row a text, so that it is worked off once. */
export const answerKey = (agencyId: AgencyId, mobile: string, answerId: string): Key => ({
  pk: phonePk(agencyId, mobile),
  sk: `OUTBOX#ANSWER#${answerId}`,
});

/** Which row of the outbox a message of the provider is: its receipts name only the message. */
export const sentKey = (agencyId: AgencyId, providerId: string): Key => ({
  pk: `${agencyId}#SENT#${providerId}`,
  sk: 'SENT',
});

/** The counter of what is tried through a link, from a source or from a phone, in a minute. */
export const triesPk = (
  agencyId: AgencyId,
  kind: 'LINK' | 'SOURCE' | 'MOBILE',
  digest: string,
): string => `${agencyId}#ALLOWANCE#${kind}#${digest}`;
