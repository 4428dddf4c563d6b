import { describe, expect, it } from 'vitest';
import { faultSchema } from '#domain/audit/faults.ts';
import { wordsOf } from '#domain/audit/notice-words.ts';
import type { BlindNotice } from '#domain/audit/vigil.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';

const at = (time: string) => instant(Date.parse(time));

const blind: BlindNotice = {
  ...{ kind: 'blind', by: 'auditor', toldAt: null },
  at: at('2026-03-02T00:04:30Z'),
  sinceAt: at('2026-03-01T23:59:10Z'),
  findings: [
    {
      ...{ fault: 'pages-late', count: 3, sinceAt: at('2026-03-01T23:59:10Z') },
      alertIds: [alertIdSchema.parse('w-1.home.1')],
    },
    { fault: 'evaluation-late', count: 1, sinceAt: at('2026-03-02T00:01:00Z'), alertIds: [] },
  ],
};

describe('what the duty manager reads', () => {
  it('says what is wrong, since when, and what to do meanwhile', () => {
    expect(wordsOf(blind, 'kent')).toEqual({
      subject: 'Homeward kent is blind: Paging is late',
      text: [
        'Homeward kent is blind since 2026-03-01 23:59 UTC. Somebody may be unsafe and unheard: ' +
          'watch by other means until you are told that it is over.',
        'Paging is late: 3 messages, since 2026-03-01 23:59 UTC.',
        'Evaluation is late: 1 wearer, since 00:01 UTC.',
        'Look at these alerts: w-1.home.1.',
      ].join('\n'),
    });
  });

  it('says at the end for how long it was, and what was missed', () => {
    const { subject, text } = wordsOf({ ...blind, kind: 'back' }, 'kent');
    expect(subject).toBe('Homeward kent sees again');
    expect(text).toContain('sees again at 00:04 UTC. It was blind for 5 min, since');
    expect(text).toContain('Paging is late: 3 messages');
  });

  it.each(faultSchema.options)('has a subject that SNS takes for %s', (fault) => {
    const finding = { fault, count: 1, sinceAt: blind.sinceAt, alertIds: [] };
    const { subject } = wordsOf({ ...blind, findings: [finding] }, 'a-name-of-24-characters-');
    expect(subject.length).toBeLessThanOrEqual(100);
    expect(subject).toMatch(/^[ -~]+$/);
  });
});
