import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessmentSchema } from '#domain/casework/assessment.ts';
import { paroleReportSchema } from '#domain/casework/parole-section.ts';
import { planSchema } from '#domain/casework/plan.ts';
import { levelAt } from '#domain/casework/supervision-level.ts';
import { measure, type Progress } from '#domain/progress/measures.ts';
import type { CaseFacts } from '#domain/report/case-facts.ts';
import { type ReportContent, reportContentSchema } from '#domain/report/document.ts';
import { paroleReport } from '#domain/report/parole-report.ts';
import { progressReport } from '#domain/report/progress-report.ts';
import type { WearerFacts } from '#domain/report/wearer-facts.ts';
import { weeklyLog } from '#domain/report/weekly-log.ts';
import { witnessStatement } from '#domain/report/witness-statement.ts';
import { fix } from '#test/support/events.ts';
import { madeTrails, madeViolations } from '#test/support/made-violations.ts';
import { asking, factsWith, violationAt } from '#test/support/report-facts.ts';
import { at, HOME } from '#test/support/supervisions.ts';

const asked = asking('2026-03-23T00:00:00Z', '2026-03-29T23:00:00Z');
const textOf = (value: unknown): string => JSON.stringify(value);

/** Nothing was followed: all that a period without data can be measured by. */
const unmeasured = ({ asked: { period } }: WearerFacts): Progress =>
  measure({
    period: { fromAt: period.fromAt, toAt: period.untilAt },
    ...{ now: period.untilAt, timeZone: 'Europe/London', orders: [], followed: [] },
    ...{ violations: [], breaches: [], seen: [], addedUp: [] },
  });

const NOTHING_KNOWN: CaseFacts = {
  ...{
    plan: null,
    assessment: null,
    parole: null,
    progress: null,
    level: levelAt([], asked.askedAt),
  },
};

const dated = { version: 1, changedAt: asked.period.fromAt, inForceAt: asked.period.fromAt };

/** A case with a plan of which a goal is achieved, an assessment, and one section written. */
const caseOf = (facts: WearerFacts): CaseFacts => ({
  plan: {
    ...dated,
    value: planSchema.parse({
      ...{ by: 'officer', agreedAt: '2026-03-23T09:00:00Z' },
      goals: [
        { goalId: 'work', kind: 'employment', aim: 'A job', achievedAt: '2026-03-25T09:00:00Z' },
        { goalId: 'home', kind: 'housing', aim: 'A flat', steps: [{ stepId: 'a', aim: 'Apply' }] },
      ],
    }),
  },
  assessment: {
    ...dated,
    value: assessmentSchema.parse({
      ...{ level: 'medium', by: 'officer', assessedAt: '2026-03-23T09:00:00Z' },
      ...{ reasons: ['first offence'], reviewDueAt: '2026-09-01T00:00:00Z' },
    }),
  },
  parole: {
    ...dated,
    value: paroleReportSchema.parse({
      ...{ reportId: 'p-1', hearingAt: '2026-05-01T10:00:00Z' },
      sections: {
        interviews: { text: 'Seen twice.', by: 'officer', writtenAt: '2026-03-24T10:00:00Z' },
        ...{ behaviourInCustody: null, releasePlan: null, assessment: null, recommendation: null },
      },
    }),
  },
  progress: unmeasured(facts),
  level: levelAt([], asked.askedAt),
});

const KINDS: readonly (readonly [string, (facts: WearerFacts) => ReportContent])[] = [
  ['a weekly log', weeklyLog],
  ['a witness statement', witnessStatement],
  ['a progress report', (facts) => progressReport(facts, caseOf(facts))],
  ['a parole report', (facts) => paroleReport(facts, caseOf(facts))],
  ['a parole report of nothing', (facts) => paroleReport(facts, NOTHING_KNOWN)],
];

describe.each(KINDS)('%s', (_, build) => {
  it('is made of any facts, the same of the same, and is a sound report', () => {
    fc.assert(
      fc.property(madeViolations(asked), madeTrails(asked), (violations, trail) => {
        const facts = factsWith({ asked, violations, trail });
        const content = build(facts);
        expect(reportContentSchema.safeParse(content).error).toBeUndefined();
        expect(textOf(build(facts))).toBe(textOf(content));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a weekly log', () => {
  it('of a week in which nothing happened says so, and that somebody was watching', () => {
    const trail = Array.from({ length: 7 * 24 * 12 }, (_, i) =>
      fix(at(new Date(asked.period.fromAt + i * 300_000).toISOString()), HOME),
    );
    const text = textOf(weeklyLog(factsWith({ asked, trail })));
    expect(text).toContain(
      'Nothing was found. The wearer was watched: 2004 events came, 2004 positions',
    );
  });

  it('of a week in which nothing was heard does not claim that nothing happened', () => {
    const text = textOf(weeklyLog(factsWith({ asked })));
    expect(text).toContain('that nothing was found shows nothing');
    const unworn = textOf(weeklyLog(factsWith({ asked, activations: [] })));
    expect(unworn).toContain('No device was on the wearer');
  });

  it('has a day of 23 hours where clocks are put forward', () => {
    const log = weeklyLog(factsWith({ asked }));
    const days = log.sections.find(({ heading }) => heading === 'Day by day')?.blocks[0];
    const rows = days?.kind === 'table' ? days.rows : [];
    expect(rows.map(([day, hours]) => [day, hours])).toEqual([
      ...[
        ['Mon 23 Mar 2026', '24'],
        ['Tue 24 Mar 2026', '24'],
        ['Wed 25 Mar 2026', '24'],
      ],
      ...[
        ['Thu 26 Mar 2026', '24'],
        ['Fri 27 Mar 2026', '24'],
        ['Sat 28 Mar 2026', '24'],
      ],
      ['Sun 29 Mar 2026', '23'],
    ]);
  });
});

describe('a witness statement', () => {
  it('states violations that stand, concludes nothing, and leaves room for own words', () => {
    const standing = violationAt(at('2026-03-24T19:00:00Z'));
    const gone = violationAt(at('2026-03-25T19:00:00Z'), { status: 'withdrawn' });
    const text = textOf(witnessStatement(factsWith({ asked, violations: [standing, gone] })));
    expect(text).toContain('liable to prosecution if I have wilfully stated');
    expect(text).toContain(standing.violationId);
    expect(text).not.toContain(gone.violationId);
    expect(text).toContain('1 violation of the period was withdrawn or excused');
    expect(text).toContain('The witness’s own words');
    expect(text).not.toMatch(/\b(breached|guilty|offence|failed to comply)\b/i);
  });
});

describe('a progress report', () => {
  it('begins with what went well, and holds nothing against anybody that was withdrawn', () => {
    const gone = violationAt(at('2026-03-25T19:00:00Z'), { status: 'withdrawn' });
    const report = progressReport(factsWith({ asked, violations: [gone] }), NOTHING_KNOWN);
    const [first, second] = report.sections.map(({ heading }) => heading);
    expect([first, second]).toEqual(['The plan, and what was achieved', 'What went well']);
    const wrong = report.sections.find(({ heading }) => heading === 'What went wrong');
    expect(wrong?.blocks[0]).toMatchObject({ kind: 'table', rows: [] });
  });
});

describe('a report to a parole board', () => {
  it('has the plan first, each section under its author, and missing ones as missing', () => {
    const facts = factsWith({ asked });
    const { sections } = paroleReport(facts, caseOf(facts));
    expect(sections[0]?.heading).toBe('The plan, and what was achieved');
    expect(textOf(sections[0])).toContain('"A job"');
    const written = sections.find(({ heading }) => heading === 'What the officer reports');
    expect(written?.parts.map(({ heading, blocks }) => [heading, blocks[0]?.kind])).toEqual([
      ['Interviews with the person', 'paragraph'],
      ['Behaviour in custody', 'missing'],
      ['Release and risk management plan', 'missing'],
      ['Assessment of risk', 'missing'],
      ['Recommendation', 'missing'],
    ]);
    expect(textOf(written)).toContain('Sections that are missing","value":"4 of 5"');
  });
});
