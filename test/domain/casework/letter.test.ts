import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, decisionSchema } from '#domain/casework/decision.ts';
import { letterOf } from '#domain/casework/letter.ts';
import { letterHtml } from '#domain/casework/letter-html.ts';

const FACTS = {
  ...{ wearerName: 'Josephine Bloggs', officerName: 'Sam Field' },
  ...{ legalBasis: 'Sentencing Act 2020, Sch. 9', timeZone: 'Europe/London' },
};
const LETTER = { expected: 'Be home at seven.', howToAnswer: 'Call 01632 960001.' };
const decision = (fields: object = {}): Decision =>
  decisionSchema.parse({
    ...{ decisionId: 'd-1', kind: 'first-warning', orderId: 'o-1', by: 'officer' },
    ...{ reason: 'Spoken to on Tuesday.', considered: [{ kind: 'violation', id: 'v' }] },
    letter: LETTER,
    decidedAt: '2026-07-14T22:30:00Z',
    found: [
      {
        ...{ violationId: 'v', conditionId: 'home', reason: 'returned-late', status: 'ended' },
        ...{ openedAt: '2026-07-13T18:00:00Z', endedAt: '2026-07-13T18:40:00Z', certainty: 0.99 },
      },
    ],
    ...fields,
  });
const letter = (fields: object = {}, facts: Partial<typeof FACTS> = {}) =>
  letterOf(decision(fields), { ...FACTS, ...facts });

describe('the letter of a warning', () => {
  it('says when, to whom, what happened by the record, what is expected and how to answer', () => {
    expect(letter()).toEqual({
      ...{ date: '14 July 2026', addressee: ['Josephine Bloggs'], heading: 'First warning' },
      opening: expect.stringContaining('the first'),
      happened: [
        {
          what: 'returned late for curfew',
          ...{ sinceLocal: 'Mon 13 Jul 19:00 BST', sinceUtc: '2026-07-13T18:00:00.000Z' },
          untilLocal: 'Mon 13 Jul 19:40 BST',
        },
      ],
      ...{ why: 'Spoken to on Tuesday.', expected: 'Be home at seven.' },
      ...{ howToAnswer: 'Call 01632 960001.', signedBy: 'Sam Field' },
      ...{ legalBasis: 'Sentencing Act 2020, Sch. 9', notice: null },
    });
  });

  it('leaves out what had been taken back by then', () => {
    const [found] = decision().found.map((one) => ({
      ...{ ...one, openedAt: '2026-07-13T18:00:00Z', endedAt: null, status: 'withdrawn' },
    }));
    expect(letter({ found: [found] })?.happened).toEqual([]);
  });

  it('is dated by the day where the wearer is', () => {
    expect(letter({}, { timeZone: 'Asia/Tokyo' })?.date).toBe('15 July 2026');
  });

  it('says that it is not to be sent when its decision was withdrawn', () => {
    const withdrawn = { withdrawnAt: '2026-07-16T09:00:00Z', by: 'manager', reason: 'mistaken' };
    expect(letter({ withdrawn })?.notice).toBe('Withdrawn on 16 July 2026: not to be sent.');
  });

  it('is none of any other decision', () => {
    expect(letter({ kind: 'breach-initiated' })).toBe(null);
  });
});

describe('a letter as a page', () => {
  it('is the same bytes for the same letter, with a heading and a named table', () => {
    const one = letter();
    const page = one === null ? '' : letterHtml(one);
    expect(one && letterHtml(one)).toBe(page);
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('<caption>What happened, by the record</caption>');
    expect(page).toContain('<th scope="row">returned late for curfew</th>');
  });

  it('names what cannot be seen, and what would turn the words about it', () => {
    const one = letter({ reason: 'due \u202e9102\u202c\u200b', letter: LETTER });
    const page = one === null ? '' : letterHtml(one);
    expect(page).toContain('<p>due [U+202E]9102[U+202C][U+200B]</p>');
    expect(page).not.toMatch(/[\u200b\u202a-\u202e]/);
  });

  it('never lets what somebody wrote be markup', () => {
    const hostile = fc.constantFrom('<script>', '"><img src=x>', "'&", '</main>', 'plain');
    fc.assert(
      fc.property(hostile, hostile, hostile, (reason, expected, wearerName) => {
        const text = { expected, howToAnswer: expected, addressee: [expected] };
        const one = letter({ reason, letter: text }, { wearerName, officerName: wearerName });
        const page = one === null ? '' : letterHtml(one);
        expect(page).not.toMatch(/<script|<img/);
        expect(page.match(/<\/main>/g)).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });
});
