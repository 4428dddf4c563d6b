import { describe, expect, it } from 'vitest';
import {
  PAROLE_SECTION_NAMES,
  type ParoleReport,
  paroleReportFrom,
  paroleSections,
  sentParoleReportSchema,
} from '#domain/casework/parole-section.ts';
import { DAY_SECONDS, type Instant, secondsAfter } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const NOW = at('2026-03-02T12:00:00Z');
const day = (n: number): Instant => secondsAfter(NOW, n * DAY_SECONDS);

const sent = (sections: object, more: object = {}) =>
  sentParoleReportSchema.parse({ reportId: 'p-1', by: 'officer', sections, ...more });
const text = (words: string, by = 'officer') => ({ text: words, by });
const FIRST = paroleReportFrom(sent({ interviews: text('Two talks.') }), null, NOW);

describe('a parole report', () => {
  it('shows each section that nobody has written as missing, and why that matters', () => {
    const sections = paroleSections(FIRST);
    expect(sections.map(({ name }) => name)).toEqual(PAROLE_SECTION_NAMES);
    expect(sections.map(({ is }) => is)).toEqual([
      'written',
      ...Array.from({ length: 4 }, () => 'missing'),
    ]);
    expect(sections[0]).toMatchObject({ text: 'Two talks.', by: 'officer', writtenAt: NOW });
    expect(sections[4]).toMatchObject({ whyItMatters: expect.stringContaining('recommend') });
    expect(paroleSections(null).every(({ is }) => is === 'missing')).toBe(true);
  });

  it('keeps what is left out, and takes out what is sent as null', () => {
    const more = paroleReportFrom(sent({ releasePlan: text('A hostel.') }), FIRST, day(1));
    expect(more.sections).toMatchObject({
      interviews: { writtenAt: NOW },
      releasePlan: { writtenAt: day(1) },
    });
    const less = paroleReportFrom(sent({ interviews: null }), more, day(2));
    expect(less.sections.interviews).toBeNull();
  });

  it('was written when its words were, by whoever wrote them', () => {
    const again = (words: string, by?: string): ParoleReport =>
      paroleReportFrom(sent({ interviews: text(words, by) }), FIRST, day(1));
    expect(again('Two talks.')).toEqual(FIRST);
    expect(again('Three talks.').sections.interviews?.writtenAt).toBe(day(1));
    expect(again('Two talks.', 'manager').sections.interviews?.writtenAt).toBe(day(1));
  });
});
