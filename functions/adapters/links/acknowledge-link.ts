import { createHash, createHmac } from 'node:crypto';
import { type AgencyId, agencyIdSchema, type PageId } from '#domain/model/ids.ts';

/** 128 bits, as OWASP ASVS 11.5.1 asks for; 22 letters, so that a text message has room. */
const TOKEN_BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/** An agency, and a token that only we can have made. */
export type LinkText = Readonly<{ agencyId: AgencyId; token: string }>;

/**
 * The token of a page's link: nobody guesses it, and it says nothing. It is the same whenever it is
 * made again, so that a repeated page carries the same link.
 */
export const tokenOf = (agencyId: AgencyId, pageId: PageId, secret: string): string =>
  createHmac('sha256', secret)
    .update(`link ${agencyId} ${pageId}`)
    .digest()
    .subarray(0, TOKEN_BYTES)
    .toString('base64url');

/** `agency.token`, as it stands in an address. */
export const linkText = ({ agencyId, token }: LinkText): string => `${agencyId}.${token}`;

/** Agency and token of a link; null where it cannot be one. */
export const readLink = (link: string): LinkText | null => {
  const dot = link.lastIndexOf('.');
  const agency = agencyIdSchema.safeParse(link.slice(0, Math.max(0, dot)));
  const token = link.slice(dot + 1);
  return agency.success && TOKEN.test(token) ? { agencyId: agency.data, token } : null;
};

/** Under what a link or a source is kept and counted: what it is cannot be read from it. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url');
