import { readFileSync } from 'node:fs';
import { CompactSign, importJWK } from 'jose';
import * as z from 'zod';
import type { FeedClient } from './feed-client.ts';
import { FeedProblem } from './feed-client.ts';
import type { Journal } from './journal.ts';
import type { CloudEvent } from './wire.ts';

const causeSchema = z.enum([
  ...(['bad-address', 'not-our-area', 'event-type', 'too-old', 'no-power', 'duplicate'] as const),
  ...(['response-withdrawn', 'unknown-reference', 'other'] as const),
]);

/** What somebody at a desk decides about an incident. */
export type Decision =
  | Readonly<{ type: 'accept'; reference?: string }>
  | Readonly<{ type: 'reject'; cause: z.infer<typeof causeSchema> }>;

/** Reads `accept [your reference]` or `reject <cause>`. Throws where it is neither. */
export const readDecision = (text: string): Decision => {
  const [type, detail] = text.trim().split(/\s+/, 2);
  if (type === 'accept') return detail === undefined ? { type } : { type, reference: detail };
  if (type === 'reject') return { type, cause: causeSchema.parse(detail) };
  throw new Error(`say accept, or reject and one of ${causeSchema.options.join(', ')}`);
};

/** A key of yours whose public half is on record at the agency, as a private JWK with its `kid`. */
const privateJwkSchema = z.looseObject({ kty: z.enum(['EC', 'OKP']), kid: z.string() });
type Sign = (text: string) => Promise<string>;

/** Signs with the key in a file. */
export const signerFrom = async (path: string): Promise<Sign> => {
  const jwk = privateJwkSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const alg = jwk.kty === 'EC' ? 'ES256' : 'EdDSA';
  const key = await importJWK(jwk, alg);
  return (text) =>
    new CompactSign(new TextEncoder().encode(text))
      .setProtectedHeader({ alg, kid: jwk.kid })
      .sign(key);
};

/** The message of a decision. Its id follows from it: said again after a crash, it is the same. */
export const messageOf = (event: CloudEvent, decision: Decision, now: Date) => ({
  ...decision,
  jti: `${decision.type}.${event.id}`,
  iat: Math.floor(now.getTime() / 1000),
  incidentId: event.subject,
  eventId: event.id,
  at: now.toISOString(),
});

type Parts = Readonly<{
  journal: Journal;
  client: Pick<FeedClient, 'message'>;
  /** Null: nobody has a key of ours, and the token has to do. */
  sign: Sign | null;
}>;

/** Tells the agency what was decided, and notes it. What it does not take stands as `refused`. */
export const answer = async (
  { journal, client, sign }: Parts,
  event: CloudEvent,
  decision: Decision,
): Promise<string> => {
  const text = JSON.stringify(messageOf(event, decision, new Date()));
  try {
    if (sign === null) await client.message('application/json', text);
    else await client.message('application/jose', await sign(text));
  } catch (error) {
    // Retry what may pass; record what never will.
    const isRefused = error instanceof FeedProblem && error.status >= 400 && error.status < 500;
    if (!isRefused || error.status === 429) throw error;
    journal.write({ kind: 'answered', id: event.id, answer: `refused ${error.status}` });
    return `refused with ${error.status}`;
  }
  journal.write({ kind: 'answered', id: event.id, answer: decision.type });
  return decision.type;
};
