import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isUnread,
  type MessageInbox,
  messageInboxSchema,
  noteOfText,
  readUpTo,
  received,
  receivedAtOf,
  type WearerMessage,
} from '#domain/casework/message-inbox.ts';
import { noteIdSchema, personIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const NOW = at('2026-03-02T12:00:00Z');
const BY = personIdSchema.parse('officer');

/** Messages come in and are read, each some seconds after the last of either. */
const happenings = fc.array(
  fc.oneof(
    fc.record({ is: fc.constant('text' as const), after: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ is: fc.constant('read' as const), which: fc.nat(20) }),
  ),
  { maxLength: 30 },
);

describe('the messages of a wearer', () => {
  it('are unread exactly until somebody has read them or a later one, in any order', () => {
    fc.assert(
      fc.property(happenings, (all) => {
        let [now, inbox]: [Instant, MessageInbox | null] = [NOW, null];
        const messages: WearerMessage[] = [];
        let readTo = -1;
        for (const one of all) {
          if (one.is === 'text') {
            now = secondsAfter(now, one.after);
            const receivedAt = receivedAtOf(inbox, now);
            const message = { noteId: noteIdSchema.parse(`n-${messages.length}`), receivedAt };
            const before = readTo === messages.length - 1;
            messages.push(message);
            const next = received(inbox, message);
            expect(next.isFirstUnread).toBe(before);
            inbox = next.inbox;
          } else if (inbox !== null) {
            const nth = one.which % messages.length;
            const [message, next = null] = messages.slice(nth);
            if (message === undefined) throw new Error('no message');
            const after = readUpTo(inbox, { message, next, by: BY, at: now });
            expect(after === null).toBe(nth <= readTo);
            inbox = after ?? inbox;
            readTo = Math.max(readTo, nth);
          }
        }
        const unread = messages.filter(({ receivedAt }) => isUnread(inbox, receivedAt));
        expect(unread).toEqual(messages.slice(readTo + 1));
        expect(inbox?.firstUnread ?? null).toEqual(messages[readTo + 1] ?? null);
        if (inbox !== null) expect(messageInboxSchema.parse(inbox)).toEqual(inbox);
      }),
      { numRuns: 60 },
    );
  });

  it('are kept in their words, well formed and no longer than a note', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (words) => {
        const noteId = noteIdSchema.parse('n-1');
        const note = noteOfText({ noteId, receivedAt: NOW, words, wearersWithNumber: 1 });
        expect(note.text.isWellFormed()).toBe(true);
        expect(note.text.length).toBeGreaterThan(0);
        if (words.trim() !== '') expect(note.text).toBe(words.toWellFormed());
      }),
    );
  });
});
