import { describe, expect, it } from 'vitest';
import type { Answer } from '#domain/liaison/answers.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { alertTimeline } from '#domain/response/alert-timeline.ts';
import { eventEntries } from '#domain/response/event-entries.ts';
import { recordedSchema } from '#domain/response/on-record.ts';
import { T } from '#test/support/alerts.ts';
import { about, INCIDENT, sentEvent } from '#test/support/transfers.ts';

const later = (seconds: number): Instant => secondsAfter(T, seconds);
const OF = { incidentId: INCIDENT, alertId: 'w-1.zone.abc', liaisonId: 'essex' };

/** The entry of the record, as it is read back, and what is told of it. */
const told = (fields: object) => {
  const [entry] = eventEntries(recordedSchema.parse({ at: T, ...OF, ...fields }));
  return entry;
};
const answered = (answer: Partial<Answer>) => told({ type: 'transfer-answered', answer });

describe('what is told of a liaison in a timeline', () => {
  it('is that something was disclosed, which parts, and who decided that', () => {
    const entry = told({
      ...{ type: 'disclosed', event: 'raised', status: 'Actual', eventId: `${INCIDENT}.1` },
      ...{ recipient: { liaisonId: 'essex', kind: 'police', name: 'Essex Police' } },
      ...{ fields: ['person', 'place'], legalBasis: 'law', purpose: 'response' },
      decision: { rule: 'by-hand', by: 'officer-1', reason: 'they asked' },
    });
    expect(entry).toMatchObject({
      ...{ what: 'disclosed', to: 'liaison.essex', by: 'officer-1', reason: 'they asked' },
      words: 'essex (police) is told: raised, Actual, with person, place',
      details: { legalBasis: 'law', purpose: 'response', eventId: `${INCIDENT}.1` },
    });
  });

  it('is that somebody has to accept it, unless it is over', () => {
    const sent = (type: 'raised' | 'closed') =>
      told({ type: 'transfer-sent', event: sentEvent(1, T, { type }), about: about() })?.words;
    expect(sent('raised')).toBe(
      'essex is sent the incident: raised; somebody there has to accept within 120 s',
    );
    expect(sent('closed')).toBe('essex is sent the incident: closed');
  });

  it.each<[object, string, string | undefined]>([
    [{ type: 'transfer-sent-again', tries: 2 }, 'sent again, try 2', undefined],
    [{ type: 'transfer-receipt', code: 'stored' }, 'has it stored', 'stored'],
    [{ type: 'transfer-receipt', code: 'unroutable' }, 'can bring it to nobody', 'unroutable'],
    [{ type: 'transfer-given-up' }, 'not sent to essex any more', undefined],
    [{ type: 'transfer-live', reference: 'E/7', asOf: later(5) }, 'as E/7, as of 2026', undefined],
    [{ type: 'transfer-untaken', spell: 1, cause: 'no-answer' }, 'people here', 'no-answer'],
    [{ type: 'transfer-untaken-why', cause: 'no-power' }, 'is known now', 'no-power'],
    [{ type: 'transfer-taken', why: 'accepted' }, 'nobody here need be called', 'accepted'],
  ])('is, of %o: %s', (fields, words, reason) => {
    expect(told(fields)?.words).toContain(words);
    expect(told(fields)).toMatchObject({ to: 'liaison.essex' });
    expect(told(fields)?.reason).toBe(reason);
  });

  it('is what somebody there said, by their own clock, and why', () => {
    expect(answered({ is: 'accepted', at: later(60), text: '' })?.words).toMatch(
      /^somebody at essex says: accepted, at 2026-.* by their clock$/,
    );
    expect(
      answered({ is: 'rejected', at: later(60), text: 'see log', cause: 'no-power' })?.reason,
    ).toBe('no-power: see log');
  });

  it('is shown as it stands where a later version wrote it', () => {
    expect(told({ type: 'transfer-mislaid', why: 'fog' })).toMatchObject({
      ...{ what: 'transfer-mislaid', words: 'transfer mislaid: fog', reason: 'fog' },
    });
  });

  it('stands among what else happened, in the order of time', () => {
    const recorded = [
      recordedSchema.parse({ at: later(9), type: 'transfer-given-up', ...OF }),
      recordedSchema.parse({ at: later(5), type: 'transfer-receipt', code: 'stored', ...OF }),
    ];
    const entries = alertTimeline({ recorded, pages: [] }, later(60));
    expect(entries.map(({ what }) => what)).toEqual(['transfer-receipt', 'transfer-given-up']);
  });
});
