import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { HEAD_END_LIMITS, limitsSchema } from '#domain/ingest/allowance.ts';
import {
  agencyIdSchema,
  headEndIdSchema,
  liaisonIdSchema,
  tokenIdSchema,
} from '#domain/model/ids.ts';
import { instantSchema } from '#domain/model/instant.ts';
import { deviceSerialSchema } from '#domain/model/wearer.ts';

/**
 * A token as kept: never itself, only its SHA-256. It carries 256 random bits, so no salt is
 * needed.
 */
export const tokenSchema = z.object({
  tokenId: tokenIdSchema,
  agencyId: agencyIdSchema,
  sha256: z.string().length(64),
  role: z.enum(['head-end', 'administrator', 'liaison']),
  /** The head-end whose activations a head-end's token may speak for. */
  headEndId: headEndIdSchema.nullable(),
  /** Whose feed a liaison's token opens. */
  liaisonId: liaisonIdSchema.nullable().default(null),
  /** The one device that the token speaks for; null: every device of the head-end. */
  deviceSerial: deviceSerialSchema.nullable().default(null),
  limits: limitsSchema.default(HEAD_END_LIMITS),
  /** The secret before the last rotation, while both work. */
  earlier: z
    .object({ sha256: z.string().length(64), worksUntil: instantSchema })
    .nullable()
    .default(null),
  label: z.string().max(100),
  isRevoked: z.boolean(),
});
export type StoredToken = z.infer<typeof tokenSchema>;

export const sha256Hex = (value: string): string =>
  createHash('sha256').update(value).digest('hex');

/** Compares without telling by its time how much of the two agrees. */
export const isSameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(sha256Hex(a), 'hex'), Buffer.from(sha256Hex(b), 'hex'));

/** `hw~agency~token id~secret`: the parts that name it, so that it is found without a scan. */
const TOKEN_FORM = /^hw~([A-Za-z0-9._-]{1,64})~([A-Za-z0-9._-]{1,64})~([A-Za-z0-9_-]{43})$/;

export const tokenText = (
  token: Pick<StoredToken, 'agencyId' | 'tokenId'>,
  secret: string,
): string => `hw~${token.agencyId}~${token.tokenId}~${secret}`;

export type TokenParts = Readonly<{
  agencyId: StoredToken['agencyId'];
  tokenId: StoredToken['tokenId'];
}>;

/** The parts of a token that has our form; null for anything else. */
export const tokenParts = (token: string): TokenParts | null => {
  const [, agency, id] = TOKEN_FORM.exec(token) ?? [];
  const agencyId = agencyIdSchema.safeParse(agency);
  const tokenId = tokenIdSchema.safeParse(id);
  return agencyId.success && tokenId.success
    ? { agencyId: agencyId.data, tokenId: tokenId.data }
    : null;
};
