import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { curfewMinutes } from '#domain/progress/curfew-minutes.ts';
import type { Found, ProgressFacts, Said } from '#domain/progress/facts.ts';
import { stretch } from '#domain/progress/stretches.ts';
import { type ActiveInterval, unite } from '#domain/time/interval-sets.ts';
import { FROM, factsOf, followed, found } from '#test/support/progress-facts.ts';

const MINUTES = 300;
const minute = (n: number): Instant => secondsAfter(FROM, 60 * n);
const PERIOD = { fromAt: minute(0), toAt: minute(MINUTES) };

const piece = fc
  .tuple(fc.integer({ min: -20, max: MINUTES }), fc.integer({ min: 1, max: 90 }))
  .map(([from, length]) => [Math.max(0, from + 20), Math.max(0, from + 20) + length] as const)
  .map(([from, to]) => stretch(minute(from), minute(to)));

const WORDS = [
  ['satisfied', 'at-home'],
  ['violated', 'left-during'],
  ['undetermined', 'within-grace'],
  ['undetermined', 'no-recent-evidence'],
  ['undetermined', 'uncertain'],
  ['not-applicable', 'outside-hours'],
] as const;

/** Words that follow each other without a gap, as a fold says them. */
const words = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.integer({ min: 1, max: 70 })), { maxLength: 12 })
  .map((all) => {
    const said: Said[] = [];
    let n = 0;
    for (const [[verdict, reason], length] of all) {
      said.push({ startAt: minute(n), endAt: minute(n + length), verdict, reason });
      n += length;
    }
    return said;
  });

const violation = fc
  .tuple(
    piece,
    fc.constantFrom<Partial<Found>>(
      {},
      { status: 'withdrawn', endReason: 'excused' },
      { status: 'withdrawn' },
      { disposition: 'no-action-explained' },
      { disposition: 'first-warning' },
      { status: 'open', endedAt: null, endReason: null },
      { reason: 'atv-limit-reached' },
    ),
  )
  .map(([{ startAt, endAt }, fields]) => found({ openedAt: startAt, endedAt: endAt, ...fields }));

const world = fc.record({
  hours: fc.array(piece, { maxLength: 4 }),
  said: words,
  violations: fc.array(violation, { maxLength: 4 }),
});

const holds = (all: readonly ActiveInterval[], at: Instant): boolean =>
  all.some(({ startAt, endAt }) => startAt <= at && at < endAt);

/** Minute by minute, as somebody would count on squared paper. */
const counted = ({ followed: [one], violations, period }: ProgressFacts) => {
  const sums = { bound: 0, kept: 0, broken: 0, excused: 0, unobserved: 0 };
  const lasts = (each: Found, at: Instant): boolean =>
    each.reason !== 'atv-limit-reached' &&
    each.openedAt <= at &&
    at < (each.endedAt ?? period.toAt);
  for (let at = period.fromAt; at < period.toAt; at = secondsAfter(at, 60)) {
    if (one === undefined || !holds(one.hours, at)) continue;
    sums.bound += 1;
    const word = one.said.find(({ startAt, endAt }) => startAt <= at && at < endAt);
    const on = violations.filter((each) => lasts(each, at));
    const isHeld = on.some(
      ({ status, disposition }) => status !== 'withdrawn' && disposition !== 'no-action-explained',
    );
    if (word?.verdict === 'satisfied') sums.kept += 1;
    else if (word?.reason === 'within-grace' && on.length === 0) sums.kept += 1;
    else if (word?.reason !== 'within-grace' && word?.verdict !== 'violated') sums.unobserved += 1;
    else if (isHeld) sums.broken += 1;
    else if (on.length > 0) sums.excused += 1;
    else sums.unobserved += 1;
  }
  return sums;
};

describe('the minutes of a curfew', () => {
  it('come to what counting them one by one comes to', () => {
    fc.assert(
      fc.property(world, ({ hours, said, violations }) => {
        const facts = factsOf({
          ...{ period: PERIOD, violations },
          followed: [followed({ hours: unite(hours), said })],
        });
        const sums = counted(facts);
        const minutes = curfewMinutes(facts);
        expect(minutes).toMatchObject({
          ...{ boundMinutes: sums.bound, keptMinutes: sums.kept, brokenMinutes: sums.broken },
          ...{ excusedMinutes: sums.excused, unobservedMinutes: sums.unobserved },
        });
        const spoken = sums.kept + sums.broken;
        expect(minutes.keptShare).toBe(spoken === 0 ? null : sums.kept / spoken);
      }),
      { numRuns: 300 },
    );
  });

  it('of which nothing was seen are neither kept nor broken, and have no share', () => {
    const hours = [stretch(minute(0), minute(120))];
    const minutes = curfewMinutes(factsOf({ period: PERIOD, followed: [followed({ hours })] }));
    expect(minutes).toMatchObject({ boundMinutes: 120, unobservedMinutes: 120, keptShare: null });
  });

  it('that were permitted beforehand are none, and are said beside them', () => {
    const permitted = [stretch(minute(10), minute(40))];
    const minutes = curfewMinutes(factsOf({ period: PERIOD, followed: [followed({ permitted })] }));
    expect(minutes).toMatchObject({ boundMinutes: 0, permittedMinutes: 30 });
  });
});
