import * as z from 'zod';
import type { AgencyId } from '#domain/model/ids.ts';
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

/**
 * Input: the Authorization header of a request. Output: who that is, or no. Course: the agency's
 * first administrator by the deployed secret, anybody else by the hash of their token.
 */
export const run =
  (deps: AuthorizeDeps) =>
  async (input: unknown): Promise<Authorization> => {
    const header = requestSchema.parse(input).identitySource?.[0] ?? '';
    const [, token = ''] = /^Bearer (\S+)$/.exec(header) ?? [];
    const principal = token === '' ? null : await principalOf(deps, token);
    if (principal === null) {
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
  const isKnown = found !== null && isSameSecret(found.value.sha256, sha256Hex(token));
  return isKnown ? principalFrom(found.value) : null;
};

const principalFrom = ({ agencyId, role, headEndId, isRevoked }: StoredToken): Principal | null => {
  if (isRevoked) return null;
  if (role === 'administrator') return { role, agencyId };
  return headEndId === null ? null : { role, agencyId, headEndId };
};
