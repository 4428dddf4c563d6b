import * as z from 'zod';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import { tokenKey } from '../adapters/dynamodb/keys.ts';
import {
  isSameSecret,
  type StoredToken,
  sha256Hex,
  tokenParts,
  tokenSchema,
} from '../adapters/dynamodb/tokens.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import type { ReadSecret } from '../adapters/secrets/secret.ts';
import type { Principal } from '../middleware/http.ts';

export type AuthorizeDeps = Readonly<{
  now: Clock;
  documents: Pick<Documents, 'load'>;
  administratorToken: ReadSecret;
  agencyId: AgencyId;
  telemetry: Telemetry;
}>;

const requestSchema = z.object({ identitySource: z.array(z.string()).nullish() });

/** What API Gateway takes as the answer (simple responses), with who is asking as its context. */
export type Authorization =
  | Readonly<{ isAuthorized: false }>
  | Readonly<{ isAuthorized: true; context: Principal }>;

/** What was sent as a token, and whether as the password of Basic credentials. */
type Sent = Readonly<{ token: string; isPassword: boolean }>;

/** The user of Basic credentials is a name that the phone likes; the password is the token. */
const sentIn = (header: string): Sent => {
  const [, scheme = '', value = ''] = /^(Bearer|Basic) (\S+)$/i.exec(header) ?? [];
  if (scheme.toLowerCase() === 'bearer') return { token: value, isPassword: false };
  const [, ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return { token: password.join(':'), isPassword: true };
};

/**
 * Input: the Authorization header of a request. Output: who that is, or no. Course: the agency's
 * first administrator by the deployed secret, anybody else by the hash of their token.
 */
export const run =
  (deps: AuthorizeDeps) =>
  async (input: unknown): Promise<Authorization> => {
    const sent = sentIn(requestSchema.parse(input).identitySource?.[0] ?? '');
    const principal = sent.token === '' ? null : await principalOf(deps, sent.token);
    // A password may be kept by whatever asked for it: good for a head-end, not for an office.
    if (principal === null || (sent.isPassword && principal.role !== 'head-end')) {
      deps.telemetry.measure('requestsUnauthorized', 1);
      return { isAuthorized: false };
    }
    return { isAuthorized: true, context: principal };
  };

const principalOf = async (deps: AuthorizeDeps, token: string): Promise<Principal | null> => {
  const parts = tokenParts(token);
  if (parts === null) {
    const isFirst = isSameSecret(token, await deps.administratorToken());
    return isFirst ? { role: 'administrator', agencyId: deps.agencyId } : null;
  }
  const found = await deps.documents.load(tokenKey(parts.agencyId, parts.tokenId), tokenSchema);
  if (found === null) return null;
  const sha256 = sha256Hex(token);
  if (isSameSecret(found.value.sha256, sha256)) return principalFrom(found.value);
  return isEarlier(found.value, sha256, deps.now()) ? principalFrom(found.value) : null;
};

/** Whether it is the secret before the last rotation, and still works. */
const isEarlier = ({ earlier }: StoredToken, sha256: string, now: Instant): boolean =>
  earlier !== null && now < earlier.worksUntil && isSameSecret(earlier.sha256, sha256);

const principalFrom = (token: StoredToken): Principal | null => {
  const { role, agencyId, tokenId, headEndId, liaisonId, deviceSerial, limits } = token;
  if (token.isRevoked) return null;
  if (role === 'administrator') return { role, agencyId };
  if (role === 'liaison') return liaisonId === null ? null : { role, agencyId, liaisonId };
  if (headEndId === null) return null;
  const device = deviceSerial === null ? {} : { deviceSerial };
  return { role, agencyId, headEndId, tokenId, ...limits, ...device };
};
