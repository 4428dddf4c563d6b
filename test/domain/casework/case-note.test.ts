import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CaseNote,
  CONTACT_TYPES,
  isContact,
  noteFrom,
  noteProblems,
  type WrittenNote,
  writtenNoteSchema,
} from '#domain/casework/case-note.ts';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const NOW = at('2026-03-02T12:00:00Z');
const written = (more: object = {}): WrittenNote =>
  writtenNoteSchema.parse({
    ...{ noteId: 'n-1', kind: 'message-from-wearer', happenedAt: toIso(NOW), by: 'officer' },
    ...{ text: 'cannot go on', ...more },
  });
const KEPT: CaseNote = noteFrom(written(), null);
const TEXTED: CaseNote = { ...KEPT, by: null, receivedAt: NOW };

const codes = (note: WrittenNote, known: CaseNote | null) =>
  noteProblems(note, known, NOW).map(({ code }) => code);

describe('what a wearer has texted', () => {
  it('stays as they wrote it, whoever amends it', () => {
    const amendment = 'he sounded worse on the phone';
    expect(codes(written({ amendment, text: 'can go on' }), TEXTED)).toEqual(['as-they-wrote-it']);
    expect(codes(written({ amendment, kind: 'call' }), TEXTED)).toEqual(['as-they-wrote-it']);
    const earlier = toIso(secondsAfter(NOW, -60));
    expect(codes(written({ amendment, happenedAt: earlier }), TEXTED)).toEqual([
      'as-they-wrote-it',
    ]);
  });

  it('may be filed under a type, or marked as a worry, with a reason', () => {
    const filed = { contactType: 'suicide-or-self-harm', concernsWelfare: true };
    expect(codes(written(filed), TEXTED)).toEqual(['already-written']);
    const amended = written({ ...filed, amendment: 'read with the duty manager' });
    expect(codes(amended, TEXTED)).toEqual([]);
    expect(noteFrom(amended, TEXTED)).toMatchObject({ receivedAt: NOW, text: 'cannot go on' });
  });

  it('is no contact with them: nobody has met or spoken to anybody', () => {
    expect(isContact(TEXTED)).toBe(false);
    expect(isContact({ kind: 'home-visit' })).toBe(true);
  });
});

describe('any note', () => {
  it('is never written over without a reason', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.boolean(), (text, isTexted) => {
        expect(codes(written({ text }), isTexted ? TEXTED : KEPT)).toContain('already-written');
      }),
    );
  });

  it('may bear each type of contact that case records know', () => {
    for (const contactType of Object.keys(CONTACT_TYPES)) {
      expect(written({ contactType }).contactType).toBe(contactType);
    }
    expect(CONTACT_TYPES['police-liaison'].code).toBe('C204');
  });
});
