import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import {
  comesLate,
  entersBeforeHours,
  keepsHours,
  leavesZone,
  staysTooLong,
  staysWithin,
  stepsOut,
} from '#local/worlds/generators/inclusion-zone.ts';
import { fix } from '#test/support/events.ts';
import { superviseMadeDay } from '#test/support/made-supervision.ts';
import { AT_ONCE, deliveries, expectTold } from '#test/support/oracle-days.ts';
import { minute } from '#test/support/walks.ts';

/** An upload that waits longer than the grace may show that somebody was in order after all. */
const soon = deliveries.map((drawn) => ({ ...drawn, everySeconds: 60 }));

describe('given days with an inclusion or a restriction zone, of which the truth is known', () => {
  it.each([
    ['tells of who leaves and returns', leavesZone],
    ['tells of who is outside when the hours begin', comesLate],
    ['tells of who enters a restriction zone before it opens', entersBeforeHours],
    ['tells of who stays in a restriction zone after it closes', staysTooLong],
  ])('%s', (_, days) => {
    expectTold((seed) => days(seed), { numRuns: 6, deliveries: fc.constant(AT_ONCE) });
  });

  it.each([
    ['who stays within', staysWithin],
    ['who steps out for less than the grace', stepsOut],
    ['who keeps the hours of a restriction zone', keepsHours],
  ])('says nothing of %s', (_, days) => {
    expectTold((seed) => days(seed), { numRuns: 6, deliveries: soon });
  });
});

describe('given a wearer well within an inclusion zone', () => {
  it('lets the safe region pass their fixes without any geometry', () => {
    const supervision = superviseMadeDay(staysWithin(1));
    const events = Array.from({ length: 30 }, (_, i) =>
      fix(minute(i), { lat: 51.5 + (i % 3) * 1e-4, lon: -0.1 }),
    );
    const { safeFixes, state } = evaluate({ supervision, state: null, events, until: minute(30) });
    expect(safeFixes).toBeGreaterThan(20);
    expect(state.disc).not.toBeNull();
  });
});
