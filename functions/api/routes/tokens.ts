import * as z from 'zod';
import { headEndIdSchema, tokenIdSchema } from '#domain/model/ids.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { tokenKey } from '../../adapters/dynamodb/keys.ts';
import {
  type StoredToken,
  sha256Hex,
  tokenSchema,
  tokenText,
} from '../../adapters/dynamodb/tokens.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { isResponse, jsonBody, notFound, readWith, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';

export type TokenRouteDeps = Readonly<{
  documents: Documents;
  /** 256 random bits, base64url. */
  newSecret: () => string;
  /** A new token's id: random, and no secret. */
  newTokenId: () => string;
}>;

const requestSchema = z
  .object({
    role: z.enum(['head-end', 'administrator']),
    headEndId: headEndIdSchema.nullable().default(null),
    label: z.string().max(100).default(''),
  })
  .refine((asked) => asked.role !== 'head-end' || asked.headEndId !== null, {
    path: ['headEndId'],
    message: "a head-end's token names its head-end",
  });

/** Makes a token. It is shown in this answer and never again: only its hash is kept. */
export const postToken =
  ({ documents, newSecret, newTokenId }: TokenRouteDeps): Route =>
  async ({ agencyId, request }) => {
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const read = readWith(requestSchema, body);
    if (!read.ok) return unacceptable(read.problems);
    const tokenId = tokenIdSchema.parse(newTokenId());
    const token = tokenText({ agencyId, tokenId }, newSecret());
    const stored: StoredToken = {
      ...read.value,
      tokenId,
      agencyId,
      sha256: sha256Hex(token),
      isRevoked: false,
    };
    const key = tokenKey(agencyId, tokenId);
    await documents.save({ key, entity: 'TOKEN', body: stored, readVersion: 0 });
    return jsonResponse(201, { tokenId, token });
  };

/** Revokes a token: it is refused as soon as API Gateway has forgotten it, within 30 s. */
export const deleteToken =
  ({ documents }: TokenRouteDeps): Route =>
  async ({ agencyId, request }) => {
    const tokenId = tokenIdSchema.parse(request.pathParameters.tokenId);
    const key = tokenKey(agencyId, tokenId);
    const found = await documents.load(key, tokenSchema);
    if (found === null) return notFound('this token');
    const body = { ...found.value, isRevoked: true };
    await documents.save({ key, entity: 'TOKEN', body, readVersion: found.version });
    return jsonResponse(200, { tokenId, revoked: true });
  };
