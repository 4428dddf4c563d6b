import { describe, expect, it } from 'vitest';
import { levelAt } from '#domain/casework/supervision-level.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Block } from '#domain/report/block.ts';
import { breachPack } from '#domain/report/breach-pack.ts';
import type { CaseFacts } from '#domain/report/case-facts.ts';
import type { ReportContent } from '#domain/report/document.ts';
import { progressReport } from '#domain/report/progress-report.ts';
import { weeklyLog } from '#domain/report/weekly-log.ts';
import { fix } from '#test/support/events.ts';
import { asking, factsWith, violationAt, WORN } from '#test/support/report-facts.ts';
import { at, HOME } from '#test/support/supervisions.ts';

const FOUND_AT = at('2026-03-24T20:00:00Z');
const WEEK = ['2026-03-23T00:00:00Z', '2026-03-30T00:00:00Z'] as const;
const asked = asking(...WEEK);

const blocksOf = ({ sections }: ReportContent): Block[] =>
  sections.flatMap(({ blocks, parts }) => [...blocks, ...parts.flatMap((part) => part.blocks)]);

/** What stands beside a label of facts. */
const factOf = (content: ReportContent, label: string): unknown =>
  blocksOf(content)
    .flatMap((block) => (block.kind === 'facts' ? block.rows : []))
    .find((row) => row.label.includes(label))?.value;

const rowsOf = (content: ReportContent, caption: string): readonly (readonly unknown[])[] =>
  blocksOf(content).flatMap((block) =>
    block.kind === 'table' && block.caption === caption ? block.rows : [],
  );

const closed = (disposition: string, ...after: readonly string[]) => ({
  isTold: true,
  history: [
    { type: 'alert-opened', at: FOUND_AT },
    { type: 'alert-closed', at: secondsAfter(FOUND_AT, 3600), disposition },
    ...after.map((type) => ({ type, at: secondsAfter(FOUND_AT, 7200) })),
  ],
});

const factsOf = (found: ReturnType<typeof closed>) => {
  const ended = { status: 'ended', endedAt: secondsAfter(FOUND_AT, 1800) };
  const violations = [violationAt(FOUND_AT, { ...ended, endReason: 'back-in-order' })];
  return factsWith({ asked, violations, found });
};

describe('a violation that an officer closed', () => {
  it('as explained is told, and held against nobody', () => {
    const facts = factsOf(closed('no-action-explained'));
    const pack = breachPack(facts);
    expect(factOf(pack, 'that stand')).toBe('0');
    expect(factOf(pack, 'closed as explained')).toBe('1');
    expect(JSON.stringify(rowsOf(pack, 'Violations of the period'))).toContain('as explained');
    const none = { plan: null, assessment: null, parole: null, progress: null };
    const known: CaseFacts = { ...none, level: levelAt([], asked.askedAt) };
    expect(rowsOf(progressReport(facts, known), 'Violations that stand')).toEqual([]);
  });

  it.each([
    ['with a warning', closed('first-warning')],
    ['as explained, and opened again', closed('no-action-explained', 'alert-reopened')],
  ])('%s stands', (_, found) => {
    const pack = breachPack(factsOf(found));
    expect([factOf(pack, 'that stand'), factOf(pack, 'closed as explained')]).toEqual(['1', '0']);
  });
});

describe('a report of a period that goes on', () => {
  const noon = at('2026-03-25T12:00:00Z');
  const trail = (until: Instant) =>
    Array.from({ length: 600 }, (_, i) => fix(secondsAfter(until, -60 * (600 - i)), HOME));

  it('finds nothing missing of the time that is still ahead', () => {
    const facts = factsWith({ asked: asking(...WEEK, { askedAt: noon }), trail: trail(noon) });
    const { gaps, wornSeconds, days } = facts.trail;
    expect(gaps.longest.every(({ toAt }) => toAt <= noon)).toBe(true);
    expect(wornSeconds).toBe((noon - at(WEEK[0])) / 1000);
    expect(days.at(-1)?.day).toBe('2026-03-25');
  });

  it('says of a day without a device that there was none', () => {
    const activations = [{ ...WORN, startsAt: at('2026-03-25T00:00:00Z') }];
    const content = weeklyLog(factsWith({ asked, activations, trail: trail(noon) }));
    const days = rowsOf(content, 'What was received, day by day').map((row) => row.at(-1));
    expect(days.slice(0, 3)).toEqual([
      'no device on the wearer',
      'no device on the wearer',
      '14 h 01 min',
    ]);
  });
});

describe('a note of the week', () => {
  const note = {
    ...{ type: 'case-note-written', at: FOUND_AT, by: 'officer', kind: 'call' },
    document: { noteId: 'n-1', text: 'Was on the late bus.' },
  };
  const notesIn = (content: ReportContent) =>
    rowsOf(content, 'In the order in which they were put on record');

  it("stands in the officer's log in its own words, whoever wrote it named once", () => {
    const log = asking(...WEEK, { kind: 'weekly-log' });
    const content = weeklyLog(factsWith({ asked: log, more: { said: [note] } }));
    expect(notesIn(content)).toEqual([
      [{ at: FOUND_AT }, 'case note written, call', 'officer', 'Was on the late bus.'],
    ]);
  });

  it('is no part of what others are given but that it was written', () => {
    const asOther = asking(...WEEK, { kind: 'progress-report' });
    const content = weeklyLog(factsWith({ asked: asOther, more: { said: [note] } }));
    expect(JSON.stringify(notesIn(content))).not.toContain('late bus');
  });
});
