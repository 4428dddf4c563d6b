import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { needsNoNudge, staysOut } from '#local/worlds/generators/way-home.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { fix } from '#test/support/events.ts';
import { AT_ONCE, expectTold } from '#test/support/oracle-days.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';

/** The curfew of these tests runs from 19:00 to 07:00, London time. */
const CURFEW_AT = at('2026-06-01T18:00:00Z');
const ahead = (seconds: number): Instant => secondsAfter(CURFEW_AT, -seconds);
const supervision = superviseWith(['curfew']);
const watch = watchCalled(supervision, 'curfew.way-home');

/** Somebody so many metres north of home, seen a minute ago, at an instant. */
const seenAt = (now: Instant, metres: number, memory = {}) => {
  const spot = { lat: HOME.lat + metres / 111_250, lon: HOME.lon };
  const seen = fix(secondsAfter(now, -60), spot);
  const { state } = evaluate({ supervision, state: null, events: [seen], until: now });
  return askRule(watch, now, { core: state.core, memory });
};

describe('given a curfew that is to start', () => {
  it('is due an hour before, and not again in between', () => {
    expect(askRule(watch, ahead(7_200))).toMatchObject({
      ...{ verdict: 'not-applicable', dueAt: ahead(3_600) },
    });
  });

  it('tells who is far away at once, until the curfew starts', () => {
    expect(seenAt(ahead(3_600), 15_000)).toMatchObject({
      ...{ verdict: 'violated', reason: 'leave-for-home', since: ahead(3_600) },
      ...{ untilAt: CURFEW_AT, dueAt: CURFEW_AT },
    });
  });

  it('looks again when the way home takes what is left, and tells then', () => {
    const first = seenAt(ahead(3_600), 4_000);
    expect(first.verdict).toBe('not-applicable');
    const left = (CURFEW_AT - (first.dueAt ?? 0)) / 1_000;
    expect(Math.abs(left - 1_600)).toBeLessThan(10);
    const told = seenAt(ahead(Math.floor(left) - 1), 4_010, first.memory);
    expect(told).toMatchObject({ verdict: 'violated', since: ahead(3_600) });
  });

  it('tells nobody who has come nearer by then, and wakes no more', () => {
    const { memory, dueAt } = seenAt(ahead(3_600), 4_000);
    const nearer = seenAt(secondsAfter(dueAt ?? CURFEW_AT, 1), 2_000, memory);
    expect(nearer).toMatchObject({ verdict: 'not-applicable', dueAt: CURFEW_AT });
  });

  it.each([
    ['is at home', 100],
    ['is at the next corner', 190],
  ])('tells nobody who %s', (_, metres) => {
    expect(seenAt(ahead(3_600), metres)).toMatchObject({
      ...{ verdict: 'not-applicable', dueAt: CURFEW_AT },
    });
  });

  it('tells nobody of whom nothing fresh is known', () => {
    const seen = fix(ahead(3_600 + 720), { lat: HOME.lat + 0.2, lon: HOME.lon });
    const { state } = evaluate({ supervision, state: null, events: [seen], until: ahead(3_600) });
    const asked = askRule(watch, ahead(3_600), { core: state.core });
    expect(asked.verdict).toBe('not-applicable');
  });

  it('is over when the curfew has started, and due before the next', () => {
    expect(askRule(watch, CURFEW_AT, { memory: { toldFor: CURFEW_AT } })).toMatchObject({
      ...{ verdict: 'not-applicable', memory: {}, dueAt: secondsAfter(CURFEW_AT, 23 * 3_600) },
    });
  });
});

describe('given somebody who is far from home before some curfews', () => {
  const evening = fc.record({
    metres: fc.integer({ min: 1_000, max: 9_000 }),
    /** No fix comes between so many minutes before the curfew and so many. */
    gap: fc.tuple(fc.integer({ min: 30, max: 75 }), fc.integer({ min: 3, max: 55 })),
  });

  it('tells them once before each, as soon as they must set off or are seen again', () => {
    fc.assert(
      fc.property(fc.array(evening, { minLength: 1, maxLength: 3 }), (evenings) => {
        const events = evenings.flatMap(({ metres, gap: [from, until] }, day) =>
          Array.from({ length: 90 }, (_, n) => 90 - n)
            .filter((left) => left > from || left < until)
            .map((left) => {
              const spot = { lat: HOME.lat + metres / 111_250, lon: HOME.lon };
              return fix(secondsAfter(ahead(60 * left), day * 86_400), spot);
            }),
        );
        const trail = simulatedTrail(supervision);
        for (const event of events) trail.tell([event], event.recordedAt);
        const told = trail
          .changes()
          .filter(({ kind, mark }) => kind === 'opened' && mark.reason === 'leave-for-home')
          .map(({ mark }) => mark);
        const startOf = (day: number): Instant => secondsAfter(CURFEW_AT, day * 86_400);
        expect(told.map(({ untilAt }) => untilAt)).toEqual(evenings.map((_, day) => startOf(day)));
        for (const [day, { metres, gap }] of evenings.entries()) {
          const foundAt = told[day]?.foundAt ?? startOf(day);
          const left = (startOf(day) - foundAt) / 1_000;
          const needed = Math.min(3_600, metres / 4 + 600);
          // Later only by as long as nobody saw them, and one fix.
          const unseen =
            gap[1] < gap[0] && needed < 60 * gap[0] + 720 && needed > 60 * (gap[1] - 1);
          expect(left).toBeGreaterThanOrEqual(unseen ? 60 * (gap[1] - 2) : needed - 130);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('given evenings on which the truth is known', () => {
  // What somebody is told on the move rests on what has come by then: each fix comes at once.
  const runs = { deliveries: fc.constant(AT_ONCE) };

  it('tells who has to set off, once and in time', () => {
    expectTold(staysOut, { ...runs, numRuns: 25 });
  });

  it('tells nobody who is at home, sets off in good time, or was not seen', () => {
    expectTold(needsNoNudge, { ...runs, numRuns: 25 });
  });
});
