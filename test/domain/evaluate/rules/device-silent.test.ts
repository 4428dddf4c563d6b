import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCore } from '#domain/evaluate/core.ts';
import { withReceipt } from '#domain/evaluate/heard.ts';
import type { Judgement } from '#domain/evaluate/rule.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { breaksOff, fallsSilent } from '#local/worlds/generators/device-silent.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { expectTold } from '#test/support/oracle-days.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';
import { cutInto, minute, walk } from '#test/support/walks.ts';

const supervision = superviseWith([], { deviceCare: {} });
const NOON = at('2026-06-01T12:00:00Z');
const minutes = (count: number): Instant => secondsAfter(NOON, count * 60);

const asked = (now: Instant, receipts: readonly Instant[], tier = ''): Judgement => {
  const heard = receipts.reduce(withReceipt, emptyCore(NOON).heard);
  const watch = watchCalled(supervision, `device-care.silent${tier}`);
  return askRule(watch, now, { core: { ...emptyCore(now), heard } });
};

describe('given a device that was heard of within the hour', () => {
  it.each([0, 59.9])('is in order %d minutes later, and waits for silence', (later) => {
    expect(asked(minutes(later), [NOON])).toMatchObject({
      verdict: 'satisfied',
      dueAt: null,
      silence: 3_600,
    });
  });

  it('waits for two hours of it as the watch of what lasts long', () => {
    expect(asked(minutes(119), [NOON], '.for-long')).toMatchObject({
      verdict: 'satisfied',
      silence: 7_200,
    });
  });
});

describe('given a device of which nothing is heard for an hour', () => {
  it('is silent since the last receipt, until something is heard', () => {
    expect(asked(minutes(60), [NOON])).toMatchObject({
      ...{ verdict: 'violated', reason: 'device-silent', since: NOON, claims: null },
      silence: 'until-heard',
    });
  });

  it('is silent for long after two', () => {
    expect(asked(minutes(120), [NOON], '.for-long')).toMatchObject({
      ...{ verdict: 'violated', reason: 'device-silent-for-long', since: NOON },
    });
  });

  it('goes by the hours of the order', () => {
    const own = { thresholds: { 'device-silent': { alarmSeconds: 1_800 } } };
    const watch = watchCalled(superviseWith([], { deviceCare: own }), 'device-care.silent');
    const heard = [{ fromAt: NOON, toAt: NOON }];
    const core = { ...emptyCore(NOON), heard };
    expect(askRule(watch, minutes(29), { core }).verdict).toBe('satisfied');
    expect(askRule(watch, minutes(30), { core }).verdict).toBe('violated');
  });
});

describe('given a device of which nothing was ever heard', () => {
  it.each([
    ['by anybody', []],
    ['by this instant', [minutes(180)]],
  ])('is undetermined %s: whether it was fitted is another question', (_, receipts) => {
    expect(asked(minutes(120), receipts)).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'not-heard-yet', silence: 'until-heard' },
    });
  });
});

describe('given an order that is not yet in force, or begins during the silence', () => {
  const starts = { startsAt: '2026-06-01T13:00:00Z', deviceCare: {} };
  const watch = watchCalled(superviseWith([], starts), 'device-care.silent');
  const core = { ...emptyCore(NOON), heard: [{ fromAt: NOON, toAt: NOON }] };

  it('is not applicable before, and due when it begins', () => {
    expect(askRule(watch, minutes(59), { core })).toMatchObject({
      ...{ verdict: 'not-applicable', dueAt: minutes(60) },
    });
  });

  it('counts from its beginning', () => {
    const early = askRule(watch, minutes(60), { core });
    expect(early).toMatchObject({ verdict: 'satisfied', dueAt: minutes(120), rests: false });
    expect(askRule(watch, minutes(120), { core })).toMatchObject({
      ...{ verdict: 'violated', since: minutes(60) },
    });
  });
});

const SILENCE = walk([300, HOME]).filter((_, i) => i <= 20 || i >= 250);
const uploadedAt = (events: readonly DeviceEvent[], receivedAt: Instant): DeviceEvent[] =>
  events.map((event) => ({ ...event, receivedAt }));
const marksOf = (trail: ReturnType<typeof simulatedTrail>) =>
  trail
    .changes()
    .filter(({ mark }) => mark.watchId.startsWith('device-care.silent'))
    .map(({ kind, mark }) => `${kind} ${mark.reason} ${mark.openedAt} ${mark.endedAt}`);

describe('given a device that was silent for hours and then uploads what it kept', () => {
  it('opens by the clock, escalates, ends with the receipt and takes nothing back', () => {
    const trail = simulatedTrail(supervision);
    trail.tell(SILENCE.slice(0, 21), minute(20));
    expect(trail.state().nextDueAt).toBe(minute(80));
    trail.tell([], minute(80));
    expect(trail.state().nextDueAt).toBe(minute(140));
    trail.tell([], minute(140));
    const kept = walk([300, HOME]).slice(21, 250);
    trail.tell(uploadedAt(kept, minute(250)), minute(250));
    expect(marksOf(trail)).toEqual([
      `opened device-silent ${minute(20)} null`,
      `opened device-silent-for-long ${minute(20)} null`,
      `ended device-silent ${minute(20)} ${minute(250)}`,
      `ended device-silent-for-long ${minute(20)} ${minute(250)}`,
    ]);
  });
});

describe('given an ordinary wearer who is heard of each four minutes', () => {
  it('is woken no more than once an hour', () => {
    const trail = simulatedTrail(superviseWith(['curfew', 'zone'], { deviceCare: {} }));
    const day = walk([600, HOME]);
    let wakes = 0;
    let armedAt: Instant | null = null;
    for (let i = 0; i < day.length; i += 4) {
      const now = minute(i + 3);
      if (armedAt !== null && armedAt <= now) {
        wakes += 1;
        trail.tell([], armedAt);
        armedAt = null;
      }
      trail.tell(uploadedAt(day.slice(i, i + 4), now), now);
      armedAt ??= trail.state().nextDueAt;
    }
    // Ten hours, with two edges of the curfew's hours among them at most.
    expect(wakes).toBeLessThanOrEqual(12);
  });
});

describe('given days on which a device falls silent', () => {
  it('is told of once, in time, however events arrive', () =>
    expectTold(fallsSilent, { numRuns: 20 }));
});

describe('given days on which a device breaks off again and again', () => {
  it('is never told of', () => expectTold(breaksOff, { numRuns: 20 }));
});

/** What stands at the end: each violation as it was last told, unless it was taken back. */
const standing = (trail: ReturnType<typeof simulatedTrail>): string[] => {
  const last = new Map(trail.changes().map((change) => [change.mark.violationId, change]));
  return [...last.values()]
    .filter(({ kind, mark }) => kind !== 'withdrawn' && mark.reason.startsWith('device-silent'))
    .map(({ mark }) => `${mark.reason} ${mark.openedAt} ${mark.foundAt} ${mark.endedAt}`)
    .sort();
};

describe('given the same events in whatever order and batches', () => {
  it('ends in the same violations', () => {
    const events = SILENCE.map((event, i) => ({
      ...event,
      receivedAt: instant(event.recordedAt + (i % 7) * 20_000),
    }));
    const whole = simulatedTrail(supervision);
    whole.tell(events, minute(320));
    expect(standing(whole)).toHaveLength(2);
    const size = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), size, (mixed, by) => {
        const trail = simulatedTrail(supervision);
        for (const part of cutInto(mixed, [by])) trail.tell(part, minute(320));
        expect(standing(trail)).toEqual(standing(whole));
      }),
      { numRuns: 12 },
    );
  });
});
