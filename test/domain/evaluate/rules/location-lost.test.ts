import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Core, emptyCore } from '#domain/evaluate/core.ts';
import { movedSeconds, withMotion } from '#domain/evaluate/motion/moved.ts';
import type { Judgement, Memory } from '#domain/evaluate/rule.ts';
import { position } from '#domain/geo/position.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import {
  findsNothing,
  isJammed,
  isNotLost,
  movesUnseen,
} from '#local/worlds/generators/location-lost.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { check, fix, status } from '#test/support/events.ts';
import { AT_ONCE, type Delivery, expectTold } from '#test/support/oracle-days.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';

const supervision = superviseWith([], { deviceCare: {} });
const NOON = at('2026-06-01T12:00:00Z');
const minutes = (count: number): Instant => secondsAfter(NOON, count * 60);
const moving = (minute: number): DeviceEvent => status(minutes(minute), { motion: 'moving' });
const BY = { motionWithinSeconds: 3_600, motionSpeaksSeconds: 300 };
const BEFORE: Judgement = {
  ...{ verdict: 'satisfied', reason: 'in-order', memory: {}, dueAt: null },
};

/** What the watch says at last, of events after a fix at noon. */
const judgedAfter = (events: readonly DeviceEvent[], now?: Instant, tier = ''): Judgement => {
  const watch = watchCalled(supervision, `device-care.location${tier}`);
  let lastFix: NonNullable<Core['lastFix']> = {
    at: NOON,
    ...position(HOME.lat, HOME.lon),
    sigmaMetres: 5,
  };
  const ask = ({ memory }: Judgement, input: DeviceEvent | null, when: Instant): Judgement =>
    askRule(watch, when, { input, memory, core: { ...emptyCore(when), lastFix } });
  const told = events.reduce<Judgement>((before, event) => {
    if (event.kind === 'fix' && event.source !== 'cell') {
      lastFix = { ...lastFix, at: event.recordedAt };
    }
    return ask(before, event, event.recordedAt);
  }, BEFORE);
  return now === undefined ? told : ask(told, null, now);
};
const everyTwo = (from: number, to: number): DeviceEvent[] =>
  Array.from({ length: (to - from) / 2 + 1 }, (_, i) => moving(from + 2 * i));

describe('given a device that finds its position', () => {
  it('is in order, remembers nothing, and waits for fixes to stay away', () => {
    expect(judgedAfter([fix(minutes(4), HOME)])).toMatchObject({
      ...{ verdict: 'satisfied', memory: {}, rests: true, fixlessSeconds: 720 },
    });
  });

  it('does not count motion before fixes have stayed away for three intervals', () => {
    expect(judgedAfter(everyTwo(2, 10))).toMatchObject({ verdict: 'satisfied', memory: {} });
  });
});

/** What is remembered of a device that says that it moves, in some minutes. */
const withReports = (at: readonly number[], by: typeof BY) => ({
  memory: at.reduce<Memory>(
    (memory, minute) => withMotion(memory, 'moving', { at: minutes(minute), by }),
    {},
  ),
});

describe('given a device that moves and finds no position', () => {
  it('waits for ten minutes of motion, and ten more', () => {
    const enough = judgedAfter(everyTwo(12, 22));
    expect(movedSeconds(enough.memory, { at: minutes(22), by: BY })).toBe(600);
    expect(enough).toMatchObject({ verdict: 'undetermined', dueAt: minutes(32), rests: false });
    expect(judgedAfter(everyTwo(12, 22), minutes(31.9)).verdict).toBe('undetermined');
  });

  it('is lost then, since its last fix', () => {
    expect(judgedAfter(everyTwo(12, 22), minutes(32))).toMatchObject({
      ...{ verdict: 'violated', reason: 'moving-without-position', since: NOON, claims: null },
    });
  });

  it('counts what a cell position says of motion, and is not found by it', () => {
    const cells = everyTwo(12, 22).map(({ recordedAt }) =>
      fix(recordedAt, HOME, { source: 'cell', accuracyMetres: 900, motion: 'moving' }),
    );
    expect(judgedAfter(cells, minutes(32)).verdict).toBe('violated');
  });

  it('is found by a fix, and by a check at home', () => {
    expect(judgedAfter([...everyTwo(12, 22), fix(minutes(33), HOME)]).verdict).toBe('satisfied');
    expect(judgedAfter([...everyTwo(12, 22), check(minutes(33), 'present')]).verdict).toBe(
      'satisfied',
    );
    expect(judgedAfter([...everyTwo(12, 22), check(minutes(33), 'absent')]).verdict).toBe(
      'violated',
    );
  });

  it('forgets motion of more than an hour ago', () => {
    const short = judgedAfter([...everyTwo(12, 16), status(minutes(90), { motion: 'moving' })]);
    expect(movedSeconds(short.memory, { at: minutes(90), by: BY })).toBeLessThanOrEqual(300);
  });

  it('takes a report of motion for no more time than the order says', () => {
    const sparse = { motionWithinSeconds: 3_600, motionSpeaksSeconds: 60 };
    const { memory } = withReports([12, 16, 20], sparse);
    expect(movedSeconds(memory, { at: minutes(20), by: sparse })).toBe(120);
    expect(
      movedSeconds(memory, { at: minutes(40), by: { ...sparse, motionWithinSeconds: 900 } }),
    ).toBe(0);
  });

  it('remembers few numbers, however long it lasts', () => {
    const { memory } = judgedAfter(everyTwo(12, 400));
    expect(Object.keys(memory).length).toBeLessThanOrEqual(16);
  });
});

describe('given a device that is heard and finds no position for two hours', () => {
  const heard = (minute: number) => status(minutes(minute), { batteryPercent: 50 });

  it('is lost, unless it says that it lies still, or says nothing', () => {
    expect(judgedAfter([heard(20), heard(139)]).verdict).toBe('undetermined');
    expect(judgedAfter([heard(20), heard(140)])).toMatchObject({
      ...{ verdict: 'violated', reason: 'no-position', since: NOON },
    });
    expect(judgedAfter([heard(20)], minutes(300)).verdict).toBe('undetermined');
    expect(judgedAfter([heard(300)]).verdict).toBe('undetermined');
    const still = status(minutes(30), { motion: 'still' });
    expect(judgedAfter([heard(20), still, heard(300)]).verdict).toBe('undetermined');
  });
});

describe('given a check at home where there is no fix', () => {
  const found = judgedAfter([check(minutes(8), 'present')]);

  it('is in order, remembers when, and rests no more', () => {
    expect(found).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'in-order', memory: { checkedAt: minutes(8) } },
      ...{ rests: false, fixlessSeconds: 720 },
    });
  });

  it('counts the time without a position from then, and rests no sooner than with a fix', () => {
    const early = judgedAfter([check(minutes(8), 'present'), moving(19)]);
    expect(early).toMatchObject({ verdict: 'satisfied', memory: { checkedAt: minutes(8) } });
    expect(early.rests).toBe(false);
    expect(judgedAfter([check(minutes(8), 'present'), moving(20)])).toMatchObject({
      ...{ verdict: 'undetermined', reason: 'no-recent-evidence' },
    });
    expect(judgedAfter([fix(minutes(8), HOME), moving(10)])).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'in-order', rests: true, memory: {} },
    });
  });

  it('rests on nothing where there was never a fix', () => {
    const watch = watchCalled(supervision, 'device-care.location');
    const started = at('2026-01-01T00:00:00Z');
    expect(askRule(watch, secondsAfter(started, 60))).toMatchObject({
      ...{ verdict: 'satisfied', rests: false },
    });
  });
});

describe('given a device that was found to be lost', () => {
  const heard = (minute: number) => status(minutes(minute), { batteryPercent: 50 });

  it('stays so until it is found, whatever it says of motion, since it was', () => {
    const lost = judgedAfter([heard(20), heard(140)]);
    expect(lost.memory.foundAt).toBe(minutes(140));
    const still = status(minutes(150), { motion: 'still' });
    const later = judgedAfter([heard(20), heard(140), still]);
    expect(later).toMatchObject({ verdict: 'violated', memory: { foundAt: minutes(140) } });
    expect(judgedAfter([heard(20), heard(140)], minutes(150)).verdict).toBe('violated');
  });

  it('moved enough once is enough, though that hour passes', () => {
    const judged = judgedAfter([...everyTwo(12, 22), heard(300)]);
    expect(judged).toMatchObject({ verdict: 'violated', memory: { enoughAt: minutes(22) } });
    expect(judged.reason).toBe('moving-without-position');
  });

  it('is not known to be heard from what nobody said', () => {
    expect(judgedAfter([], minutes(30)).memory).toEqual({});
    expect(judgedAfter([heard(30)]).memory).toEqual({ unseenAt: minutes(30) });
  });
});

describe('given a device that is jammed or shielded', () => {
  const jammed = status(minutes(1), { reception: 'jammed' });
  const asked = (events: readonly DeviceEvent[], now?: Instant) =>
    judgedAfter(events, now, '.reception');

  it('is undetermined where it never says so', () => {
    expect(asked([moving(3)])).toMatchObject({ verdict: 'undetermined', reason: 'not-reported' });
  });

  it('waits ten minutes for a fix, and is blocked then', () => {
    expect(asked([jammed])).toMatchObject({ verdict: 'undetermined', dueAt: minutes(11) });
    expect(asked([jammed], minutes(11))).toMatchObject({
      ...{ verdict: 'violated', reason: 'reception-blocked', since: minutes(1) },
    });
  });

  it('keeps nothing at rest while it waits, and rests once it is clear', () => {
    expect(asked([jammed])).toMatchObject({ reason: 'within-grace', rests: false });
    const clear = asked([status(minutes(1), { reception: 'clear' })]);
    expect(clear).toMatchObject({ reason: 'in-order', rests: true, memory: { clear: 1 } });
    expect(asked([moving(3)]).rests).toBe(true);
  });

  it('knows nothing of reception from a fix alone', () => {
    expect(asked([fix(minutes(1), HOME)])).toMatchObject({ reason: 'not-reported', memory: {} });
  });

  it.each([
    ['a fix', fix(minutes(12), HOME)],
    ['a word that it is clear', status(minutes(12), { reception: 'clear' })],
  ])('is over with %s', (_, event) => {
    expect(asked([jammed, event]).verdict).toBe('satisfied');
  });
});

/** In order: what comes by a later upload may show a fix where none was known. */
const inOrder: fc.Arbitrary<Delivery> = fc.record({
  ...{ seed: fc.nat(100), everySeconds: fc.constantFrom(1, 60, 240) },
  ...{ heldPercent: fc.constant(0), heldSeconds: fc.constant(0) },
  repeatPercent: fc.constantFrom(0, 30),
});
const runs = { numRuns: 12, deliveries: inOrder };

describe('given days on which a device moves unseen', () => {
  it('is told of once, in time', () => expectTold(movesUnseen, runs));
});

describe('given days on which a device is heard for hours and finds nothing', () => {
  it('is told of once, after two', () => expectTold(findsNothing, runs));
});

describe('given days on which a device is jammed or shielded', () => {
  it('is told of once, after the grace', () =>
    expectTold(isJammed, { ...runs, deliveries: fc.constant(AT_ONCE) }));
});

describe('given days on which a device is not lost', () => {
  it('is never told of', () => expectTold(isNotLost, { ...runs, numRuns: 24 }));
});
