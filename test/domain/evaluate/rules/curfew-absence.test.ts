import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Weights } from '#domain/evaluate/position/hypotheses.ts';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import type { Instant } from '#domain/model/instant.ts';
import {
  isAtEither,
  isAtMothersInTime,
  isBackWithinGrace,
  isNeverSeen,
  isOutAllCurfew,
  isOutAtEnd,
  isOutOfSightAWhile,
  isPermitted,
  keepsCurfew,
  leavesAndReturns,
  overstaysLeave,
  returnsLate,
  returnsLateByChecks,
  staysAtMothers,
} from '#local/worlds/generators/curfew-nights.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { AT_ONCE, deliveries, expectTold } from '#test/support/oracle-days.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';

type More = Readonly<{ newestEvidenceAt?: Instant | null; memory?: Memory }>;

const asked = (
  now: Instant,
  home: number,
  { newestEvidenceAt = now, memory = {} }: More = {},
): Judgement => {
  const believed: Weights = { home, elsewhere: 1 - home, inside: 0 };
  const watch = watchCalled(superviseWith(['curfew']), 'curfew');
  return askRule(watch, now, { believed, memory, newestEvidenceAt });
};

/** The curfew of these tests runs from 19:00 to 07:00, London time, with five minutes' grace. */
const START = at('2026-06-01T18:00:00Z');
const END = at('2026-06-02T06:00:00Z');
const minutes = (from: Instant, count: number): Instant =>
  at(new Date(from + count * 60_000).toISOString());

describe('given a curfew outside its hours', () => {
  it('is not applicable, and due again when it starts', () => {
    expect(asked(minutes(START, -60), 0)).toMatchObject({
      verdict: 'not-applicable',
      reason: 'outside-hours',
      memory: {},
      dueAt: START,
    });
  });
});

describe('given a wearer who is believed at home during curfew', () => {
  it('is satisfied, remembers since when, and is due at the end', () => {
    expect(asked(minutes(START, 10), 0.9)).toMatchObject({
      verdict: 'satisfied',
      reason: 'at-home',
      memory: { homeSince: minutes(START, 10) },
      dueAt: END,
    });
  });

  it('remembers the first sight of them at home, so that nothing changes from fix to fix', () => {
    const memory = { homeSince: minutes(START, 2) };
    expect(asked(minutes(START, 30), 0.99, { memory }).memory).toEqual(memory);
  });
});

describe('given a wearer who is out when curfew starts', () => {
  it('waits for the grace, and is due when it ends', () => {
    expect(asked(START, 0.01)).toMatchObject({
      verdict: 'undetermined',
      reason: 'within-grace',
      memory: { outSince: START },
      dueAt: minutes(START, 5),
    });
  });

  it('is violated when the grace ends, since the start, as out at the start', () => {
    const memory = { outSince: START };
    expect(asked(minutes(START, 5), 0.01, { memory })).toMatchObject({
      verdict: 'violated',
      reason: 'out-at-start',
      since: START,
    });
  });

  it('is not violated one millisecond before', () => {
    const before = at(new Date(START + 5 * 60_000 - 1).toISOString());
    expect(asked(before, 0.01, { memory: { outSince: START } }).verdict).toBe('undetermined');
  });

  it('is undetermined when all evidence is from before the start', () => {
    const newestEvidenceAt = minutes(START, -1);
    const memory = { outSince: START };
    expect(asked(minutes(START, 5), 0.01, { memory, newestEvidenceAt })).toMatchObject({
      verdict: 'undetermined',
      reason: 'no-evidence-since-start',
    });
  });
});

describe('given a wearer who leaves during curfew', () => {
  const memory = { homeSince: START, outSince: minutes(START, 120) };

  it('is violated after the grace, since they left', () => {
    expect(asked(minutes(START, 125), 0.02, { memory })).toMatchObject({
      verdict: 'violated',
      reason: 'left-during',
      since: minutes(START, 120),
    });
  });

  it('is satisfied again when they are back, and forgets the absence', () => {
    expect(asked(minutes(START, 126), 0.95, { memory })).toMatchObject({
      verdict: 'satisfied',
      memory: { homeSince: START },
    });
  });
});

describe('given a wearer first known to be out in the middle of curfew', () => {
  it('claims neither that they left nor that they were out at the start', () => {
    const memory = { outSince: minutes(START, 60) };
    expect(asked(minutes(START, 65), 0.02, { memory })).toMatchObject({ reason: 'out-during' });
  });
});

describe('given evidence that does not decide', () => {
  it('is undetermined between the two thresholds', () => {
    expect(asked(minutes(START, 60), 0.5)).toMatchObject({
      verdict: 'undetermined',
      reason: 'uncertain',
    });
  });

  it('is undetermined without recent evidence: silence is neither home nor guilt', () => {
    const newestEvidenceAt = minutes(START, 48);
    expect(asked(minutes(START, 60), 0.01, { newestEvidenceAt })).toMatchObject({
      verdict: 'undetermined',
      reason: 'no-recent-evidence',
    });
  });
});

describe('given what was remembered in another night', () => {
  it('is forgotten: an absence is counted from this night', () => {
    const memory = { outSince: minutes(START, -24 * 60) };
    expect(asked(START, 0.01, { memory })).toMatchObject({
      reason: 'within-grace',
      memory: { outSince: START },
    });
  });
});

/** An upload that waits longer than the grace may show that somebody was home after all. */
const soon = deliveries.map((drawn) => ({ ...drawn, everySeconds: 60 }));

describe('given evenings of a curfew, made up so that the truth is known', () => {
  it.each([
    ['says "returned late" of who was out at the start and came home', returnsLate],
    ['says so where the home unit alone speaks', returnsLateByChecks],
    ['says "left" of who was home, went out and came back', leavesAndReturns],
    ['says "out at end" of who left and did not come back', isOutAtEnd],
    ['says "out for the whole of it" of who was away all along', isOutAllCurfew],
    ['says no more than was seen of who was out of sight for an hour', isOutOfSightAWhile],
    ['says "returned late" of who came home after their leave', overstaysLeave],
    ['finds who stays at another address beyond its hours', staysAtMothers],
  ])('%s', (_, days) => {
    expectTold((seed) => days(seed), { numRuns: 6, deliveries: fc.constant(AT_ONCE) });
  });

  it.each([
    ['who keeps the curfew', keepsCurfew],
    ['who is back within the grace', isBackWithinGrace],
    ['whom nobody sees', isNeverSeen],
    ['who is permitted to be away', isPermitted],
    ['who is at the other of two addresses', isAtEither],
    ['who is at another address in its hours', isAtMothersInTime],
  ])('says nothing of %s', (_, days) => {
    expectTold((seed) => days(seed), { numRuns: 6, deliveries: soon });
  });

  it('comes to the same however the events arrive', () => {
    const any = (seed: number) => (seed % 2 === 0 ? returnsLate(seed) : isOutAtEnd(seed));
    expectTold(any, { numRuns: 12, deliveries: soon });
  });
});

describe('given a wearer who was seen away for less than the grace, and then not at all', () => {
  const memory = { homeSince: minutes(START, 1), outSince: minutes(START, 60) };
  const unseen = asked(minutes(START, 63), 0, { newestEvidenceAt: minutes(START, 45), memory });

  it('remembers from when nobody could say', () => {
    expect(unseen).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'no-recent-evidence' },
      memory: { ...memory, unseenAt: minutes(START, 63) },
    });
  });

  it('counts the absence, and the grace, from when they are seen away again', () => {
    const again = asked(minutes(START, 260), 0, { memory: unseen.memory });
    expect(again).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'within-grace', dueAt: minutes(START, 265) },
      memory: { outSince: minutes(START, 260), seenAgainAt: minutes(START, 260) },
    });
    expect(asked(minutes(START, 265), 0, { memory: again.memory })).toMatchObject({
      ...{ verdict: 'violated', reason: 'left-during', since: minutes(START, 260) },
    });
  });

  it('does so once: whoever is seen away only now and then is told of, too', () => {
    const again = asked(minutes(START, 260), 0, { memory: unseen.memory }).memory;
    const lost = { newestEvidenceAt: minutes(START, 249), memory: again };
    const later = asked(minutes(START, 262), 0, lost).memory;
    expect(asked(minutes(START, 300), 0, { memory: later })).toMatchObject({
      ...{ verdict: 'violated', since: minutes(START, 260) },
    });
  });

  it('goes on with an absence that had outlasted its grace while it was seen', () => {
    const told = { ...memory, unseenAt: minutes(START, 66) };
    expect(asked(minutes(START, 260), 0, { memory: told })).toMatchObject({
      ...{ verdict: 'violated', since: minutes(START, 60) },
    });
  });
});
