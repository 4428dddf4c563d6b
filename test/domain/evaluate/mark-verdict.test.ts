import { describe, expect, it } from 'vitest';
import type { Mark } from '#domain/evaluate/core.ts';
import { markVerdict } from '#domain/evaluate/marks.ts';
import type { Judgement, NotApplicableReason } from '#domain/evaluate/rule.ts';
import { watchIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { at, WEARER } from '#test/support/supervisions.ts';

const NOON = at('2026-06-01T12:00:00Z');
const LATER = secondsAfter(NOON, 600);
const [CURFEW, ZONE] = ['curfew', 'zone'].map((id) => watchIdSchema.parse(id));
if (CURFEW === undefined || ZONE === undefined) throw new Error('two watches');

const believed = { home: 0.03, elsewhere: 0.961_26, inside: 0.008_74 };
const judged = { watchId: CURFEW, about: WEARER.wearerId, wearer: WEARER, at: NOON, believed };
const answer = { memory: {}, dueAt: null };
const violated: Judgement = {
  ...{ ...answer, verdict: 'violated', reason: 'out-at-start', since: NOON, claims: 'elsewhere' },
};
const satisfied: Judgement = { ...answer, verdict: 'satisfied', reason: 'at-home' };
const found = (judgement: Judgement = violated): Mark[] => markVerdict([], judgement, judged);

describe('given a watch that finds a violation', () => {
  it('opens it, with how sure that is and what else it may be', () => {
    const since = secondsAfter(NOON, -300);
    expect(found({ ...violated, since })).toEqual([
      {
        ...{ violationId: `w-1.curfew.${since.toString(36)}`, watchId: CURFEW },
        ...{ reason: 'out-at-start', openedAt: since, foundAt: NOON, certainty: 0.9613 },
        competing: { hypothesis: 'home', probability: 0.03 },
        ...{ endedAt: null, endReason: null },
      },
    ]);
  });

  it('names the likeliest of the other explanations', () => {
    const likely = { home: 0.01, elsewhere: 0.02, inside: 0.97 };
    const inside = { ...violated, claims: 'inside' } as const;
    const [mark] = markVerdict([], inside, { ...judged, believed: likely });
    expect(mark).toMatchObject({
      ...{ certainty: 0.97, competing: { hypothesis: 'elsewhere', probability: 0.02 } },
    });
  });

  it('is sure of a plain fact', () => {
    expect(found({ ...violated, claims: null })[0]).toMatchObject({
      ...{ certainty: null, competing: null },
    });
  });

  it('says of whose order it is where that is another, until when, and how far apart', () => {
    const about = wearerIdSchema.parse('w-2');
    const more = { ...violated, untilAt: LATER, distanceMetres: 42 } as const;
    const [mark] = markVerdict([], more, { ...judged, about });
    expect(mark).toMatchObject({ about, untilAt: LATER, distanceMetres: 42 });
    expect(Object.keys(found()[0] ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/about|untilAt|distanceMetres/)]),
    );
  });

  it('leaves the very same marks while it goes on', () => {
    const marks = found();
    expect(markVerdict(marks, { ...violated, since: LATER }, { ...judged, at: LATER })).toBe(marks);
  });

  it('opens another after one that ended, and beside one of another watch', () => {
    const ended = markVerdict(found(), satisfied, { ...judged, at: LATER });
    const again = markVerdict(ended, { ...violated, since: LATER }, { ...judged, at: LATER });
    expect(again.map(({ endedAt }) => endedAt)).toEqual([LATER, null]);
    const both = markVerdict(found(), violated, { ...judged, watchId: ZONE });
    expect(both.map(({ watchId }) => watchId)).toEqual([CURFEW, ZONE]);
  });
});

describe('given an open violation', () => {
  const both = markVerdict(found(), violated, { ...judged, watchId: ZONE });
  const judgedNext = (judgement: Judgement) =>
    markVerdict(both, judgement, { ...judged, at: LATER });

  it('ends with order, that of its own watch alone', () => {
    expect(judgedNext(satisfied)).toMatchObject([
      { watchId: CURFEW, endedAt: LATER, endReason: 'back-in-order', reason: 'out-at-start' },
      { watchId: ZONE, endedAt: null, endReason: null },
    ]);
  });

  it.each<[NotApplicableReason, string]>([
    ['outside-hours', 'hours-ended'],
    ['awaiting-answer', 'hours-ended'],
    ['permitted', 'permitted'],
    ['covered', 'became-graver'],
    ['not-there', 'hours-ended'],
  ])('ends where it does not apply: %s as %s', (reason, endReason) => {
    const [mark] = judgedNext({ ...answer, verdict: 'not-applicable', reason });
    expect(mark).toMatchObject({ endedAt: LATER, endReason });
  });

  it('is told more exactly when it ends, if it can be', () => {
    expect(judgedNext({ ...satisfied, endsAs: 'returned-late' })[0]).toMatchObject({
      ...{ reason: 'returned-late', endReason: 'back-in-order' },
    });
  });

  it('stays as it is where nothing is known', () => {
    expect(judgedNext({ ...answer, verdict: 'undetermined', reason: 'uncertain' })).toBe(both);
  });

  it('is not ended twice, nor is anything ended where nothing is open', () => {
    const ended = judgedNext(satisfied);
    expect(markVerdict(ended, satisfied, { ...judged, at: secondsAfter(LATER, 60) })).toBe(ended);
    const none: Mark[] = [];
    expect(markVerdict(none, satisfied, judged)).toBe(none);
  });
});

describe('given what was over when it was found', () => {
  const past = { reason: 'check-late', since: NOON, until: LATER, certainty: null } as const;

  it('is added as ended, whatever else is judged', () => {
    const [open, late] = markVerdict(found(), { ...violated, past }, { ...judged, at: LATER });
    expect(open?.endedAt).toBeNull();
    expect(late).toEqual({
      ...{ violationId: `w-1.curfew.${NOON.toString(36)}`, watchId: CURFEW, reason: 'check-late' },
      ...{ openedAt: NOON, foundAt: LATER, endedAt: LATER, endReason: 'back-in-order' },
      ...{ certainty: null, competing: null },
    });
  });

  it('is as sure as it was found to be', () => {
    const sure = { ...past, certainty: 0.987_65 };
    expect(found({ ...satisfied, past: sure })[0]).toMatchObject({
      ...{ certainty: 0.9877, competing: { hypothesis: 'elsewhere', probability: 0.0123 } },
    });
  });
});
