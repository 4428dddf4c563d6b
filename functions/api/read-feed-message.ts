import { isUtf8 } from 'node:buffer';
import type { IncidentId } from '#domain/liaison/event.ts';
import { incidentIdSchema } from '#domain/liaison/event.ts';
import { commandOf, knownUntil, messageSchema, whyNotNow } from '#domain/liaison/message.ts';
import type { TransferCommand } from '#domain/liaison/transfer-commands.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import { NotTheirs, verified } from '../adapters/feed-keys/verify.ts';
import { readCapReceipt } from '../adapters/xml/read-cap.ts';
import { bodyBytes, type HttpRequest, type HttpResponse, refusal } from '../middleware/http.ts';
import { notWellFormed, readAs, unacceptable } from './problems.ts';

/** What a message asks of one incident. */
export type Said = Readonly<{ incidentId: IncidentId; command: TransferCommand }>;

/** A message as it was understood. */
export type FeedMessage = Readonly<{
  jti: string;
  /** Until when it has to be known again. */
  until: Instant;
  whyNotNow: ReturnType<typeof whyNotNow>;
  said: readonly Said[];
}>;

/** Far more than any message needs. */
const MOST_BYTES = 64 * 1024;
const JOSE = 'application/jose';
const JSON_TYPE = 'application/json';
const CAP_TYPES = ['application/cap+xml', 'application/xml', 'text/xml'];
/** CAP's answers carry no end: each is known for a week. */
const CAP_KNOWN_SECONDS = 7 * 24 * 3_600;

const typeOf = ({ headers }: HttpRequest): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const malformed = (message: string): HttpResponse =>
  refusal(400, { code: 'malformed-message', message });

const fromJson = (text: string, now: Instant): FeedMessage | HttpResponse => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Record: the refusal says it.
    return malformed('send one JSON object');
  }
  const refused = notWellFormed(value);
  if (refused !== null) return refused;
  const read = readAs(messageSchema, value);
  if (!read.ok) return unacceptable(read.problems);
  const message = read.value;
  const { jti, incidentId } = message;
  const said = [{ incidentId, command: commandOf(message) }];
  return { jti, until: knownUntil(message), whyNotNow: whyNotNow(message, now), said };
};

const fromBytes = (bytes: Uint8Array, now: Instant): FeedMessage | HttpResponse =>
  isUtf8(bytes) ? fromJson(new TextDecoder().decode(bytes), now) : malformed('send text in UTF-8');

/** In CAP a system says that it has events, or that it can do nothing with them. */
const fromCap = (text: string, now: Instant): FeedMessage | HttpResponse => {
  const read = readCapReceipt(text);
  if (!read.ok) return malformed(read.problem);
  const { messageId, sentAt, kind, answers } = read.receipt;
  const code = kind === 'received' ? 'stored' : 'unroutable';
  const said = answers.map(({ eventId }) => ({
    incidentId: incidentIdSchema.parse(eventId.slice(0, eventId.lastIndexOf('.'))),
    command: { type: 'receipt', eventId, code } as const,
  }));
  const iat = Math.floor(sentAt / 1_000);
  const until = secondsAfter(now, CAP_KNOWN_SECONDS);
  return { jti: messageId, until, whyNotNow: whyNotNow({ iat }, now), said };
};

const notTheirs = (message: string): HttpResponse =>
  refusal(401, { code: 'not-signed-by-them', message });

/**
 * Reads what a liaison sent: a JWS of one of its keys where it has any; else JSON, or an answer in
 * CAP, on the strength of its token. The refusal where it is none of that.
 */
export const readFeedMessage = async (
  request: HttpRequest,
  { publicKeys }: Pick<Liaison, 'publicKeys'>,
  now: Instant,
): Promise<FeedMessage | HttpResponse> => {
  const bytes = bodyBytes(request);
  if (bytes.length > MOST_BYTES) {
    return refusal(413, { code: 'too-large', message: 'a message has at most 64 KiB' });
  }
  const text = bytes.toString('utf8');
  const type = typeOf(request);
  if (type === JOSE) {
    try {
      return fromBytes(await verified(text.trim(), publicKeys), now);
    } catch (error) {
      // Record: the route says so in the log, and counts it.
      if (!(error instanceof NotTheirs)) throw error;
      return notTheirs('the message is signed by none of the keys on record of this liaison');
    }
  }
  if (publicKeys.length > 0) {
    return notTheirs('this liaison has keys on record: send a JWS as application/jose');
  }
  if (type === JSON_TYPE) return fromJson(text, now);
  if (CAP_TYPES.includes(type)) return fromCap(text, now);
  const message = 'send application/jose, application/json or application/cap+xml';
  return refusal(415, { code: 'unknown-type', message });
};
