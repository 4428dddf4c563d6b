import * as z from 'zod';
import { type Instant, instant, isoInstantSchema } from '../model/instant.ts';
import { rejectionCauseSchema } from '../model/transfer-trouble.ts';
import type { Answer } from './answers.ts';
import { eventIdSchema, incidentIdSchema } from './event.ts';
import { MOST_AHEAD_SECONDS, MOST_BEHIND_SECONDS } from './their-clock.ts';
import { receiptCodeSchema } from './transfer.ts';
import type { TransferCommand } from './transfer-commands.ts';

/** Their reference of an incident, as they write it: no control characters. */
const theirReferenceSchema = z
  .string()
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/, 'a reference has 1 to 64 characters');

/** Ends of lines that are no control characters, what turns the order of letters, and halves. */
const UNREADABLE = /[\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** A remark of theirs, on one line: it is read to people and written into a record. */
const remarkSchema = z
  .string()
  .max(300)
  .regex(/^\P{Cc}*$/u, 'a remark is one line without control characters')
  .refine((text) => !UNREADABLE.test(text), 'a remark is one line, in well-formed Unicode')
  .default('');

const seconds = z.number().int().min(0).max(8_640_000_000);

/** What every message of theirs says of itself, in the names of RFC 7519. */
const claims = {
  /** Its own id: a message is taken once. */
  jti: z.string().regex(/^[\x21-\x7e]{1,128}$/, 'a jti has 1 to 128 characters'),
  /** When it was written, and until when it may be taken, in seconds of the epoch. */
  iat: seconds,
  exp: seconds.optional(),
  incidentId: incidentIdSchema,
};

/** By their clock. */
const at = isoInstantSchema;
const eventId = eventIdSchema.optional();

/** What a liaison says of an incident that was transferred to it. */
export const messageSchema = z
  .discriminatedUnion('type', [
    /** By their system, of one message of ours. */
    z.strictObject({
      ...claims,
      type: z.literal('receipt'),
      eventId: eventIdSchema,
      code: receiptCodeSchema,
    }),
    /** By somebody at a desk. */
    z.strictObject({
      ...claims,
      type: z.literal('accept'),
      ...{ at, eventId, text: remarkSchema },
      reference: theirReferenceSchema.optional(),
    }),
    z.strictObject({
      ...claims,
      type: z.literal('reject'),
      ...{ at, eventId, text: remarkSchema },
      cause: rejectionCauseSchema,
    }),
    z.strictObject({
      ...claims,
      type: z.literal('complete'),
      ...{ at, text: remarkSchema },
      outcome: z.enum(['completed', 'aborted']),
    }),
    z.strictObject({
      ...claims,
      type: z.literal('live'),
      reference: theirReferenceSchema,
      asOf: at,
    }),
  ])
  .meta({
    title: 'liaison message',
    description:
      'What a liaison says of an incident: the payload of a JWS, or JSON where it has no keys',
    examples: [
      {
        type: 'accept',
        jti: '6f1c0a52-7f0d-4c43-9d60-0d0f1c9e7a11',
        iat: 1772481660,
        incidentId: 'aaaaaaaaaaaaaaaaaaaaaaaaaa',
        eventId: 'aaaaaaaaaaaaaaaaaaaaaaaaaa.1',
        at: '2026-03-02T20:01:00Z',
        reference: 'EP-20260302-0712',
      },
      {
        type: 'reject',
        jti: '0d4f0f6e-6a83-4a8e-8a32-6a6d4f0d2f0b',
        iat: 1772481660,
        incidentId: 'aaaaaaaaaaaaaaaaaaaaaaaaaa',
        at: '2026-03-02T20:01:00Z',
        cause: 'not-our-area',
        text: 'Thames Valley from the junction on',
      },
    ],
  });
export type LiaisonMessage = z.infer<typeof messageSchema>;

/** Why a message cannot be taken for one of now; null: it can. */
export const whyNotNow = (
  { iat, exp }: Pick<LiaisonMessage, 'iat' | 'exp'>,
  now: Instant,
): 'stale' | 'expired' | 'from-the-future' | null => {
  const nowSeconds = now / 1_000;
  if (exp !== undefined && nowSeconds >= exp) return 'expired';
  if (iat > nowSeconds + MOST_AHEAD_SECONDS) return 'from-the-future';
  return iat < nowSeconds - MOST_BEHIND_SECONDS ? 'stale' : null;
};

/** Until when a message that was taken has to be known again. */
export const knownUntil = ({ iat }: Pick<LiaisonMessage, 'iat'>): Instant =>
  instant((iat + MOST_BEHIND_SECONDS + MOST_AHEAD_SECONDS) * 1_000);

const answerOf = (
  message: Extract<LiaisonMessage, { type: 'accept' | 'reject' | 'complete' }>,
): Answer => {
  const said = { at: message.at, text: message.text };
  switch (message.type) {
    case 'accept':
      return { is: 'accepted', ...said };
    case 'reject':
      return { is: 'rejected', cause: message.cause, ...said };
    case 'complete':
      return { is: message.outcome, ...said };
    default:
      return message satisfies never;
  }
};

/** What a message asks of the transfer that it is about. */
export const commandOf = (message: LiaisonMessage): TransferCommand => {
  switch (message.type) {
    case 'receipt':
      return { type: 'receipt', eventId: message.eventId, code: message.code };
    case 'live':
      return { type: 'live', reference: message.reference, asOf: message.asOf };
    case 'complete':
      return { type: 'answer', answer: answerOf(message), eventId: null, reference: null };
    case 'accept':
    case 'reject': {
      const reference = message.type === 'accept' ? (message.reference ?? null) : null;
      const about = { eventId: message.eventId ?? null, reference };
      return { type: 'answer', answer: answerOf(message), ...about };
    }
    default:
      return message satisfies never;
  }
};
