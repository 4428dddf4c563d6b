import * as z from 'zod';
import { isoInstantSchema } from '../model/instant.ts';
import { eventIdSchema, trafficSchema } from './event.ts';

const MOST_NAME_CHARACTERS = 200;
const MOST_NOTE_CHARACTERS = 300;
const MOST_REFERENCES = 100;

/** CAP's identifiers and senders. */
const nameSchema = z
  .string()
  .max(MOST_NAME_CHARACTERS)
  .regex(/^[^\s,<&]+$/, 'a name in CAP has no space, comma, < or &');

/** CAP's times: whole seconds and a numeric offset. */
const timeSchema = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/,
    'a time in CAP ends with its offset, which is -00:00 for UTC',
  )
  .transform((text) => text.replace(/[+-]00:00$/, 'Z'))
  .pipe(isoInstantSchema);

const referenceSchema = z
  .string()
  .transform((text) => {
    const [sender, eventId, sentAt, ...rest] = text.split(',');
    return { sender, eventId, sentAt, rest };
  })
  .pipe(
    z.object({
      sender: nameSchema,
      eventId: eventIdSchema,
      sentAt: timeSchema,
      rest: z.tuple([], 'a reference is sender,identifier,sent'),
    }),
  )
  .transform(({ sender, eventId, sentAt }) => ({ sender, eventId, sentAt }));

/**
 * A recipient's answer as a message of CAP: `Ack`, it has the events, or `Error`, it refuses them
 * and its note says why. That somebody will come is not in it: CAP has one word for both, and a
 * machine may have said it.
 */
export const capReceiptSchema = z
  .object({
    identifier: nameSchema,
    sender: nameSchema,
    sent: timeSchema,
    status: trafficSchema,
    msgType: z.enum(['Ack', 'Error'], 'an answer is of msgType Ack or Error'),
    note: z.string().max(MOST_NOTE_CHARACTERS).nullable().default(null),
    references: z
      .string('an answer names what it answers in references')
      .transform((text) => text.split(/\s+/).filter((one) => one !== ''))
      .pipe(z.array(referenceSchema).min(1).max(MOST_REFERENCES)),
  })
  .transform(({ identifier, sender, sent, status, msgType, note, references }) => ({
    messageId: identifier,
    sender,
    sentAt: sent,
    status,
    kind: msgType === 'Ack' ? ('received' as const) : ('refused' as const),
    why: note,
    answers: references,
  }));
export type CapReceipt = z.infer<typeof capReceiptSchema>;
