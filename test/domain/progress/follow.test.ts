import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutSlices } from '#domain/evaluate/cut-slices.ts';
import { passDueInstants } from '#domain/evaluate/due-instants.ts';
import { stateOf } from '#domain/evaluate/judge-all.ts';
import { blankSlice } from '#domain/evaluate/start-slice.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { timelineFrom } from '#domain/evaluate/timeline.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { type Course, follow, measuredRuleOf } from '#domain/progress/follow.ts';
import { LIVED } from '#test/support/days.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { superviseWith } from '#test/support/supervisions.ts';
import { cutInto, minute } from '#test/support/walks.ts';

const RUNS = Number(process.env.HOMEWARD_RUNS ?? 8);
const UNTIL = minute(240);

/** What a watch says at an instant, by a fold from the beginning that ends there. */
const saidAt = (supervision: Supervision, events: readonly DeviceEvent[], at: Instant) => {
  const timeline = timelineFrom(supervision);
  const inputs = events.filter(({ recordedAt }) => recordedAt <= at);
  const cut = cutSlices(timeline, { ...blankSlice(timeline), inputs }, { anchors: {}, until: at });
  const core = passDueInstants(cut.folded.core, supervision, at);
  return supervision.watches.flatMap((watch) => {
    if (measuredRuleOf(watch) === null) return [];
    const { verdict, reason } = stateOf(core, watch);
    return [[watch.watchId, verdict, reason]];
  });
};

const followedAt = ({ said }: Course, at: Instant) =>
  [...said].flatMap(([watchId, words]) => {
    const word = words.find(({ startAt, endAt }) => startAt <= at && at < endAt);
    return word === undefined ? [] : [[watchId, word.verdict, word.reason]];
  });

const byName = (a: readonly unknown[], b: readonly unknown[]): number =>
  String(a[0]) < String(b[0]) ? -1 : 1;

describe.each(LIVED)('%s', (_, supervision, days) => {
  it('a slice-wise following says at each minute what a fold up to that minute says', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 9 }), (events, size) => {
        const trail = simulatedTrail(supervision);
        for (const batch of cutInto(events, [size])) trail.tell(batch, minute(0));
        trail.tell([], UNTIL);
        const course = follow(timelineFrom(supervision), trail.slices(), UNTIL);
        const from = trail.slices()[0]?.startedAt ?? 0;
        // What came twice is kept once, and a fold is of what is kept.
        const kept = trail.kept();
        for (let n = 0; n < 200; n += 7) {
          const at = instant(minute(n) + 30_500);
          if (at < from) continue;
          const expected = saidAt(supervision, kept, at).sort(byName);
          expect(followedAt(course, at).sort(byName)).toEqual(expected);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the following of somebody of whom nothing was ever heard', () => {
  it('says nothing', () => {
    const course = follow(timelineFrom(superviseWith()), [], secondsAfter(UNTIL, 60));
    expect([course.said.size, course.seen, course.addedUp]).toEqual([0, [], []]);
  });
});
