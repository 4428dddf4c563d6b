import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordWords, whatWords } from '#domain/response/record-words.ts';
import { at } from '#test/support/supervisions.ts';

const NOW = at('2026-03-02T19:05:00Z');
const found = { at: NOW, type: 'violation-opened', reason: 'strap-open', rule: 'tamper' };

describe('an entry of the record in words', () => {
  it('says of a finding what was found, by which rule, and how sure it is', () => {
    const words = recordWords({
      ...{ ...found, certainty: null, endReason: null },
    });
    expect(words).toBe('found: strap open (tamper)');
  });

  it('never says that anything is 100 % sure', () => {
    const words = recordWords({
      ...{ ...found, certainty: 0.9999, endReason: null },
    });
    expect(words).toContain('99 % sure');
  });

  it('says why a finding is over', () => {
    const words = recordWords({
      ...{ ...found, type: 'violation-ended' },
      ...{ certainty: null, endReason: 'back-in-order' },
    });
    expect(words).toBe('over by the data: strap open (tamper): back in order');
  });

  it('says of what a person put there of what kind it is, who did, and why', () => {
    const words = recordWords({
      ...{ at: NOW, type: 'decision-put', kind: 'first-warning', by: 'officer' },
      reason: 'second late return',
    });
    expect(words).toBe('decision put, first warning, by officer: second late return');
  });

  it('leaves by whom and why to others, where they are said beside it', () => {
    const put = { at: NOW, type: 'decision-put', kind: 'first-warning', by: 'officer' };
    expect(whatWords({ ...put, reason: 'second late return' })).toBe('decision put, first warning');
    const refused = { at: NOW, type: 'command-refused', by: 'officer' };
    const words = 'officer asked in vain to close it: stale';
    expect(whatWords({ ...refused, command: 'close', code: 'stale' })).toBe(words);
  });

  it('says why also where an entry calls it so', () => {
    const words = recordWords({ at: NOW, type: 'task-ended', by: 'officer', why: 'spoken to' });
    expect(words).toBe('task ended, by officer: spoken to');
  });

  it('says of a document what it is, and which version came on record', () => {
    const put = { at: NOW, type: 'document-put' };
    expect(recordWords({ ...put, name: 'HOME_VISIT#v-1', version: 3 })).toBe(
      'home visit v-1: version 3 on record',
    );
    expect(recordWords({ ...put, name: 'CURRENT', version: 1 })).toBe(
      'current: version 1 on record',
    );
  });

  it('says the type of an entry whose other words are none', () => {
    expect(recordWords({ at: NOW, type: 'a-thing', kind: 3, by: null, reason: {} })).toBe(
      'a thing',
    );
  });

  it('says of what a function put there of what kind it is', () => {
    const words = recordWords({ at: NOW, type: 'report-made', kind: 'breach-pack' });
    expect(words).toBe('report made, breach pack');
  });

  it('says the type of what it does not know, as words', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,9}-[a-z]{3,9}$/), (type) => {
        expect(recordWords({ at: NOW, type })).toContain(type.replace('-', ' '));
      }),
    );
  });
});
