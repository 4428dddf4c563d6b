import { describe, expect, it } from 'vitest';
import { alertIdSchema } from '#domain/model/ids.ts';
import {
  facts,
  later,
  opening,
  policy,
  T,
  tick,
  violation,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { given, OPENED, type Step } from '#test/support/given-alert.ts';

const EARLIER = alertIdSchema.parse('w-1.curfew.earlier');
const FOLLOWING: Step = {
  command: violationOpens({}, { episode: { episodeId: EARLIER, follows: EARLIER, countsFor: [] } }),
  now: T,
};
const inZone = violation({ reason: 'inside-zone' });
const safetyUnder = (fields: Readonly<Record<string, unknown>>): Step => ({
  command: violationOpens(
    inZone,
    opening({ facts: facts({ violation: inZone }), policy: policy(fields) }),
  ),
  now: T,
});
const SAFETY = safetyUnder({});
const SAFETY_ONCE = safetyUnder({ repeat: 0 });
const waits = (pages: readonly { mayWait: boolean }[]) => pages.map(({ mayWait }) => mayWait);

/** Everybody is told in vain, until the policy's steps begin again. */
const round: readonly Step[] = [
  { command: tick(1), now: later(300) },
  { command: tick(2), now: later(600) },
];

describe('a page may wait for its contact', () => {
  it('but never the first of an episode', () => {
    expect(
      waits(given().when(OPENED.command, T).thenHappened('alert-opened', 'step-run').pages),
    ).toEqual([false]);
    const next = given(OPENED).when(tick(1), later(300)).thenHappened('step-run');
    expect(waits(next.pages)).toEqual([true]);
  });

  it('where it follows another alert of its episode', () => {
    const first = given().when(FOLLOWING.command, T).thenHappened('alert-opened', 'step-run');
    expect(waits(first.pages)).toEqual([true]);
  });

  it('but never the first of a step where safety hangs on it', () => {
    const next = given(SAFETY).when(tick(1), later(300)).thenHappened('step-run');
    expect(waits(next.pages)).toEqual([false]);
    const again = given(SAFETY, ...round)
      .when(tick(3), later(1_500))
      .thenHappened('step-run');
    expect(again.pages).toMatchObject([{ loop: 1, step: 0, mayWait: true }]);
  });

  it('but never the first of the last resort where safety hangs on it, all else in vain', () => {
    const last = given(SAFETY_ONCE, ...round)
      .when(tick(3), later(1_500))
      .thenHappened('step-run');
    expect(last.pages).toMatchObject([{ step: 3, mayWait: false }]);
    const again = given(SAFETY_ONCE, ...round, { command: tick(3), now: later(1_500) })
      .when(tick(4), later(2_400))
      .thenHappened('step-run');
    expect(again.pages).toMatchObject([{ step: 3, mayWait: true }]);
  });

  it('but never where it says that all was nothing', () => {
    const withdrawn = violationChanges({ status: 'withdrawn' });
    const { pages } = given(FOLLOWING)
      .when(withdrawn, later(60))
      .thenHappened('violation-withdrawn');
    expect(pages).toMatchObject([{ purpose: 'stand-down', mayWait: false }]);
  });
});
