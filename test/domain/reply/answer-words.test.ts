import { describe, expect, it } from 'vitest';
import { REASONS } from '#domain/model/reasons.ts';
import { smsParts, toGsmText } from '#domain/notify/gsm-text.ts';
import {
  answerWords,
  type Replied,
  UNCLEAR_WORDS,
  unknownCodeWords,
} from '#domain/reply/answer-words.ts';
import { facts, later, OFFICER, violation } from '#test/support/alerts.ts';
import { OPEN } from '#test/support/given-alert.ts';

const alertOf = (reason: string) => ({
  ...{ ...OPEN, facts: facts({ violation: violation({ reason }) }) },
});

const refused = (code: 'already-acknowledged' | 'already-closed' | 'stale-epoch'): Replied => ({
  came: 'refused',
  refusal: { code, by: OFFICER, at: later(60) },
  actor: 'Oluwaseun Adébáyò-Fitzgerald',
});
const REPLIED: readonly Replied[] = [
  { came: 'taken', code: '4K7' },
  { came: 'taken-by-first', code: '4K7' },
  { came: 'yours-already', code: '4K7' },
  { came: 'handed-on', code: '4K7' },
  refused('already-acknowledged'),
  refused('already-closed'),
  refused('stale-epoch'),
];

describe('what somebody is answered who replied', () => {
  it.each(Object.keys(REASONS))('fits one text message, about %s', (reason) => {
    for (const replied of REPLIED) {
      const words = answerWords(alertOf(reason), replied);
      expect(toGsmText(words)).toBe(words);
      expect(smsParts(words)).toBe(1);
    }
    for (const words of [UNCLEAR_WORDS, unknownCodeWords('4K7')]) {
      expect([toGsmText(words), smsParts(words)]).toEqual([words, 1]);
    }
  });

  it('says who acted and when, where they came too late', () => {
    const words = answerWords(alertOf('left-during'), refused('already-acknowledged'));
    expect(words).toContain('Oluwaseun');
    expect(words).toContain('20:01');
  });

  it('names no wearer by name', () => {
    for (const replied of REPLIED) {
      expect(answerWords(alertOf('left-during'), replied)).not.toContain('Jo Bloggs');
    }
  });
});
