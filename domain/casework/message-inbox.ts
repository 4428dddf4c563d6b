import * as z from 'zod';
import { noteIdSchema, personIdSchema } from '../model/ids.ts';
import { type Instant, instant, instantSchema, laterOf } from '../model/instant.ts';
import { type CaseNote, MOST_NOTE_CHARACTERS } from './case-note.ts';

const messageSchema = z.object({ noteId: noteIdSchema, receivedAt: instantSchema });
export type WearerMessage = z.infer<typeof messageSchema>;

/** What is read and what is not of the messages of one wearer: one spell at a time. */
export const messageInboxSchema = z.object({
  /** The first that nobody has read; null: all have been read. */
  firstUnread: messageSchema.nullable(),
  lastReceivedAt: instantSchema,
  /** Everything up to here has been read: by whom last, and when. */
  readUpTo: z
    .object({ receivedAt: instantSchema, by: personIdSchema, at: instantSchema })
    .nullable(),
});
export type MessageInbox = z.infer<typeof messageInboxSchema>;

/** When a message counts as received: after each that came before it, so that none is skipped. */
export const receivedAtOf = (known: MessageInbox | null, now: Instant): Instant =>
  known === null ? now : laterOf(now, instant(known.lastReceivedAt + 1));

/** The messages of a wearer with one more, and whether nothing was unread before it. */
export const received = (
  known: MessageInbox | null,
  message: WearerMessage,
): Readonly<{ inbox: MessageInbox; isFirstUnread: boolean }> => {
  const firstUnread = known?.firstUnread ?? null;
  return {
    inbox: {
      firstUnread: firstUnread ?? message,
      lastReceivedAt: message.receivedAt,
      readUpTo: known?.readUpTo ?? null,
    },
    isFirstUnread: firstUnread === null,
  };
};

export const isUnread = (known: MessageInbox | null, receivedAt: Instant): boolean =>
  known === null || known.readUpTo === null || receivedAt > known.readUpTo.receivedAt;

type Read = Readonly<{
  message: WearerMessage;
  /** The first message behind it; null: there is none. */
  next: WearerMessage | null;
  by: NonNullable<MessageInbox['readUpTo']>['by'];
  at: Instant;
}>;

/**
 * Somebody has read a message, and with it all that came before: whoever reads the last of a
 * conversation has seen the rest. Null: it had been read.
 */
export const readUpTo = (
  known: MessageInbox,
  { message, next, by, at }: Read,
): MessageInbox | null =>
  isUnread(known, message.receivedAt)
    ? { ...known, firstUnread: next, readUpTo: { receivedAt: message.receivedAt, by, at } }
    : null;

type Texted = WearerMessage & Readonly<{ words: string; wearersWithNumber: number }>;

const NO_WORDS = '(a text message without words)';

/** A text message of a wearer as a note of their case: their words, and nothing made of them. */
export const noteOfText = ({ noteId, receivedAt, words, wearersWithNumber }: Texted): CaseNote => {
  const text = words.toWellFormed().slice(0, MOST_NOTE_CHARACTERS).toWellFormed();
  return {
    ...{ noteId, kind: 'message-from-wearer', contactType: null, happenedAt: receivedAt },
    ...{ by: null, withWhom: '', text: text.trim() === '' ? NO_WORDS : text },
    ...{ concernsWelfare: false, amendment: null, receivedAt, wearersWithNumber },
  };
};
