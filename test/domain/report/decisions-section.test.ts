import { describe, expect, it } from 'vitest';
import { decisionSchema } from '#domain/casework/decision.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { breachPack } from '#domain/report/breach-pack.ts';
import { weeklyLog } from '#domain/report/weekly-log.ts';
import { type Recorded, recordedSchema } from '#domain/response/on-record.ts';
import { asking, factsWith } from '#test/support/report-facts.ts';
import { at } from '#test/support/supervisions.ts';

const asked = asking('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z');
const takenAt = at('2026-03-05T10:00:00Z');

const letter = { expected: 'Be home by seven.', howToAnswer: 'Call the office.' };

const decided = (more: object, type = 'decision-taken'): Recorded => {
  const document = {
    ...{ decisionId: 'd-1', orderId: 'o-1', by: 'officer', reason: 'third late return' },
    ...{ decidedAt: '2026-03-05T10:00:00Z', found: [], considered: [{ kind: 'alert', id: 'a' }] },
    ...more,
  };
  // Only what could be put on record may stand there.
  decisionSchema.parse(document);
  return recordedSchema.parse({ type, at: takenAt, by: 'officer', document });
};

const warned = decided({ kind: 'first-warning', letter });
const textOf = (value: unknown): string => JSON.stringify(value);

describe('decisions in a report', () => {
  it('are told with reason and what was considered', () => {
    const text = textOf(breachPack(factsWith({ asked, more: { said: [warned] } })));
    expect(text).toContain('formal first warning (d-1)');
    expect(text).toContain('third late return');
    expect(text).toContain('alert a');
  });

  it('that were withdrawn stay, once, with both reasons', () => {
    const withdrawn = {
      withdrawnAt: '2026-03-09T10:00:00Z',
      ...{ by: 'manager', reason: 'the bus was late, as the operator confirms' },
    };
    const gone = decided({ kind: 'first-warning', letter, withdrawn }, 'decision-withdrawn');
    const said = [warned, { ...gone, at: secondsAfter(takenAt, 86_400) }];
    const text = textOf(breachPack(factsWith({ asked, more: { said } })));
    expect(text.match(/\(d-1\)/g)).toHaveLength(1);
    expect(text).toContain('third late return');
    expect(text).toContain('by manager: the bus was late, as the operator confirms');
  });

  it('for the good of the wearer are told to their officer, and not to a court', () => {
    const referral = decided({ kind: 'referral', service: 'Mind', reason: 'low in spirits' });
    const note = recordedSchema.parse({
      ...{ type: 'case-note-written', at: takenAt, by: 'officer', kind: 'call' },
      document: { text: 'spoke of self-harm' },
    });
    const facts = factsWith({ asked, more: { said: [referral, note] } });
    expect(textOf(breachPack(facts))).not.toMatch(/low in spirits|self-harm|case-note/);
    expect(textOf(weeklyLog(facts))).toContain('low in spirits');
    expect(textOf(weeklyLog(facts))).toContain('case note written');
  });
});
