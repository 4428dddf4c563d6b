import * as z from 'zod';
import {
  DEVICE_LIMITS,
  HEAD_END_LIMITS,
  type Limits,
  limitsSchema,
} from '#domain/ingest/allowance.ts';
import { headEndIdSchema, liaisonIdSchema, tokenIdSchema } from '#domain/model/ids.ts';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { deviceSerialSchema } from '#domain/model/wearer.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { tokenKey } from '../../adapters/dynamodb/keys.ts';
import {
  type StoredToken,
  sha256Hex,
  tokenSchema,
  tokenText,
} from '../../adapters/dynamodb/tokens.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { type Named, unknownAmong } from '../named-documents.ts';
import { isEmpty, isResponse, jsonBody, notFound, readWith, unacceptable } from '../problems.ts';
import type { Call, Route } from '../route.ts';

export type TokenRouteDeps = Readonly<{
  documents: Documents;
  /** 256 random bits, base64url. */
  newSecret: () => string;
  /** A new token's id: random, and no secret. */
  newTokenId: () => string;
}>;

/** A day lets a vendor change over in its own time. */
const OVERLAP = { usualSeconds: 86_400, mostSeconds: 30 * 86_400 };

const requestSchema = z
  .object({
    role: z.enum(['head-end', 'administrator', 'liaison']),
    headEndId: headEndIdSchema.nullable().default(null),
    liaisonId: liaisonIdSchema.nullable().default(null),
    deviceSerial: deviceSerialSchema.nullable().default(null),
    requestsPerMinute: limitsSchema.shape.requestsPerMinute.optional(),
    eventsPerMinute: limitsSchema.shape.eventsPerMinute.optional(),
    label: z.string().max(100).default(''),
  })
  .refine((asked) => asked.role !== 'head-end' || asked.headEndId !== null, {
    path: ['headEndId'],
    message: "a head-end's token names its head-end",
  })
  .refine((asked) => (asked.role === 'liaison') === (asked.liaisonId !== null), {
    path: ['liaisonId'],
    message: "a liaison's token names its liaison, and no other does",
  });
type Requested = z.infer<typeof requestSchema>;

const limitsFor = ({ deviceSerial, requestsPerMinute, eventsPerMinute }: Requested): Limits => {
  const usual = deviceSerial === null ? HEAD_END_LIMITS : DEVICE_LIMITS;
  return {
    requestsPerMinute: requestsPerMinute ?? usual.requestsPerMinute,
    eventsPerMinute: eventsPerMinute ?? usual.eventsPerMinute,
  };
};

/** Makes a token. It is shown in this answer and never again: only its hash is kept. */
export const postToken =
  ({ documents, newSecret, newTokenId }: TokenRouteDeps): Route =>
  async ({ agencyId, request, now: changedAt }) => {
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const read = readWith(requestSchema, body);
    if (!read.ok) return unacceptable(read.problems);
    const { role, headEndId, liaisonId, deviceSerial, label } = read.value;
    const named: Named[] =
      liaisonId === null ? [] : [{ path: 'liaisonId', kind: 'LIAISON', id: liaisonId }];
    const problems = await unknownAmong(documents, agencyId, named);
    if (problems.length > 0) return unacceptable(problems);
    const tokenId = tokenIdSchema.parse(newTokenId());
    const token = tokenText({ agencyId, tokenId }, newSecret());
    const stored: StoredToken = {
      role,
      headEndId,
      liaisonId,
      deviceSerial,
      label,
      limits: limitsFor(read.value),
      tokenId,
      agencyId,
      sha256: sha256Hex(token),
      earlier: null,
      isRevoked: false,
    };
    const key = tokenKey(agencyId, tokenId);
    const write = { key, entity: 'TOKEN', body: stored, readVersion: 0, changedAt };
    await documents.save(write);
    return jsonResponse(201, { tokenId, token });
  };

type Change = Readonly<{ token: StoredToken; answer: object }>;

/** Changes a token that is on record, unless somebody else does so at the same time. */
const changeToken = async (
  { documents }: TokenRouteDeps,
  { agencyId, request, now: changedAt }: Call,
  change: (token: StoredToken) => Change | HttpResponse,
): Promise<HttpResponse> => {
  const tokenId = tokenIdSchema.parse(request.pathParameters.tokenId);
  const key = tokenKey(agencyId, tokenId);
  const found = await documents.load(key, tokenSchema);
  if (found === null) return notFound('this token');
  const changed = change(found.value);
  if (isResponse(changed)) return changed;
  const { token: body, answer } = changed;
  const write = { key, entity: 'TOKEN', body, readVersion: found.version, changedAt };
  const saved = await documents.save(write);
  if (saved === 'saved') return jsonResponse(200, { tokenId, ...answer });
  const message = 'somebody else changed this token at the same time; send yours again';
  return refusal(409, { code: 'changed-meanwhile', message });
};

/** Revokes a token: it is refused as soon as API Gateway has forgotten it, within 30 s. */
export const deleteToken =
  (deps: TokenRouteDeps): Route =>
  (call) =>
    changeToken(deps, call, (token) => ({
      token: { ...token, earlier: null, isRevoked: true },
      answer: { revoked: true },
    }));

const rotationSchema = z.object({
  overlapSeconds: z.number().int().min(0).max(OVERLAP.mostSeconds).default(OVERLAP.usualSeconds),
});

/**
 * Gives a token a new secret. The one before goes on working for the overlap, so that a head-end
 * changes over without a gap. Refused while an overlap runs: somebody whose answer was lost asks
 * again, and must not end the secret that the head-end still uses.
 */
export const rotateToken =
  (deps: TokenRouteDeps): Route =>
  async (call) => {
    const body = isEmpty(call.request) ? {} : jsonBody(call.request);
    if (isResponse(body)) return body;
    const read = readWith(rotationSchema, body);
    if (!read.ok) return unacceptable(read.problems);
    return changeToken(deps, call, (token) => {
      if (token.isRevoked) {
        const message = 'this token has been revoked; make a new one';
        return refusal(409, { code: 'token-revoked', message });
      }
      if (token.earlier !== null && token.earlier.worksUntil > call.now) {
        const message = `the secret before works until ${toIso(token.earlier.worksUntil)}: end that first`;
        return refusal(409, { code: 'overlap-running', message });
      }
      const secret = tokenText(token, deps.newSecret());
      const worksUntil = secondsAfter(call.now, read.value.overlapSeconds);
      return {
        token: {
          ...token,
          sha256: sha256Hex(secret),
          earlier: { sha256: token.sha256, worksUntil },
        },
        answer: { token: secret, earlierWorksUntil: toIso(worksUntil) },
      };
    });
  };

/** Ends the overlap of a rotation: the secret before is refused within 30 s. */
export const deleteEarlier =
  (deps: TokenRouteDeps): Route =>
  (call) =>
    changeToken(deps, call, (token) => ({
      token: { ...token, earlier: null },
      answer: { earlierRevoked: true },
    }));
