import type { AgencyId } from '#domain/model/ids.ts';
import type { Key } from './keys.ts';

/** What the link of a page lets its recipient do: under the digest of its token. */
export const linkKey = (agencyId: AgencyId, tokenDigest: string): Key => ({
  pk: `${agencyId}#LINK#${tokenDigest}`,
  sk: 'LINK',
});

/** The counter of what is tried through a link, or from a source, in a minute. */
export const triesPk = (agencyId: AgencyId, kind: 'LINK' | 'SOURCE', digest: string): string =>
  `${agencyId}#ALLOWANCE#${kind}#${digest}`;
