import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CompactSign, importJWK } from 'jose';
import * as z from 'zod';
import type { AnswerMessage } from './answer-book.ts';
import { type FeedClient, isForGood } from './feed-client.ts';
import type { Journal } from './journal.ts';
import type { CloudEvent, Heard } from './wire.ts';

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

/** The message of a decision, under an id of its own. */
export const messageOf = (event: CloudEvent, decision: Decision, at: Date): AnswerMessage => ({
  ...decision,
  jti: randomUUID(),
  incidentId: event.subject,
  eventId: event.id,
  at: at.toISOString(),
});

/** Writes a decision down. From here on it is sent until the agency knows it. */
export const decide = (journal: Journal, event: CloudEvent, decision: Decision): void => {
  const at = journal.inbox.answers.instantAfterAll(new Date());
  journal.write({ kind: 'decided', message: messageOf(event, decision, at) });
};

type Parts = Readonly<{
  journal: Journal;
  client: Pick<FeedClient, 'message'>;
  /** Null: nobody has a key of ours, and the token has to do. */
  sign: Sign | null;
  say: (what: string) => void;
}>;

/** When it was written is said anew each time that it is sent: the agency takes nothing stale. */
const send = async ({ client, sign }: Parts, message: AnswerMessage): Promise<Heard> => {
  const text = JSON.stringify({ ...message, iat: Math.floor(Date.now() / 1000) });
  return sign === null
    ? client.message('application/json', text)
    : client.message('application/jose', await sign(text));
};

const TAKEN = ['accepted', 'completed'];

/** An acceptance soon after a rejection does not count, and neither does one of who wavers on. */
const counts = ({ type }: AnswerMessage, { changes }: Heard): boolean =>
  type !== 'accept' ||
  changes.every(({ stands, peopleCalled }) => !peopleCalled && TAKEN.includes(stands ?? ''));

/** Sends one, and says what came of it. */
const sendAndNote = async (parts: Parts, message: AnswerMessage): Promise<void> => {
  const { jti, eventId: id, incidentId, type } = message;
  let answer: string = type;
  try {
    const heard = await send(parts, message);
    if (!counts(message, heard)) answer = `${type}, WHICH DOES NOT COUNT: say it later, or phone`;
  } catch (error) {
    // Retry what may pass; record what never will.
    if (!isForGood(error)) throw error;
    answer = `refused ${error.status}`;
  }
  parts.journal.write({ kind: 'answered', id, answer, jti });
  parts.say(`${incidentId.slice(0, 6)} ${answer}`);
};

/** Tells the agency all that is decided and that it does not know. One that fails holds up none. */
export const sendDecided = async (parts: Parts): Promise<void> => {
  const failures: unknown[] = [];
  for (const message of parts.journal.inbox.answers.unsent) {
    // Retry: the next round sends it again, under the same id.
    await sendAndNote(parts, message).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
};
