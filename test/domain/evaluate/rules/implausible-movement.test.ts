import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCore } from '#domain/evaluate/core.ts';
import { type Anchors, applyInput, type Folded } from '#domain/evaluate/fold.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { instant } from '#domain/model/instant.ts';
import {
  isInTwoPlaces,
  isPlausible,
  isTeleported,
} from '#local/worlds/generators/implausible-movement.ts';
import { watchCalled } from '#test/support/ask-rule.ts';
import { fix } from '#test/support/events.ts';
import { AT_ONCE, expectTold } from '#test/support/oracle-days.ts';
import { HOME, SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { minute, near, walk } from '#test/support/walks.ts';

const supervision = superviseWith(['curfew', 'zone'], { deviceCare: {} });
const FAR = { lat: 53.4, lon: -2.2 };
const ANCHORS: Anchors = {};

const folded = (events: readonly DeviceEvent[]): Folded =>
  events.reduce<Folded>((before, event) => applyInput(before, supervision, event), {
    ...{ core: emptyCore(instant(0)), anchors: ANCHORS, wasSafe: false },
  });
const beliefs = ({ core }: Folded) =>
  Object.entries(core.watches).map(([id, { belief }]) => [id, belief]);
const watchId = watchCalled(supervision, 'device-care.movement').watchId;
const verdictOf = ({ core }: Folded) => core.watches[watchId]?.verdict;
/** What is found of movement; that a device was silent before is another rule's. */
const marksOf = ({ core }: Folded) => core.marks.filter((mark) => mark.watchId === watchId);

const BEFORE = walk([6, HOME]);
const jumped = (after: number, spot = FAR): DeviceEvent => fix(minute(after), spot);

describe('given a wearer at home, and one fix far away', () => {
  const once = folded([...BEFORE, jumped(5.5)]);

  it('sets it aside: no belief changes, and the last fix stays', () => {
    expect(beliefs(once)).toEqual(beliefs(folded(BEFORE)));
    expect(once.core.lastFix?.at).toBe(minute(5));
    expect(once.core.foldedUntil).toBe(minute(5.5));
  });

  it('counts it, and takes it for a sign of life', () => {
    expect(once.core.movement).toMatchObject({ asideAt: [minute(5.5)], other: { fixes: 1 } });
    expect(once.core.heard.at(-1)?.toAt).toBe(minute(5.5));
  });

  it('goes on with the next fix at home as if nothing had been', () => {
    const next = folded([...BEFORE, jumped(5.5), fix(minute(6), near(HOME, 6))]);
    const without = folded([...BEFORE, fix(minute(6), near(HOME, 6))]);
    expect(beliefs(next)).toEqual(beliefs(without));
    expect(next.core.lastFix).toEqual(without.core.lastFix);
    expect(next.core.movement?.other).toBeNull();
  });

  it('tells nobody', () => expect(verdictOf(once)).toBe('satisfied'));

  it('is in order, and rests until something is set aside', () => {
    const { core } = folded([...BEFORE, jumped(5.5)]);
    const { reason, rests, memory, dueAt } = core.watches[watchId] ?? {};
    expect({ reason, rests, memory, dueAt }).toEqual({
      ...{ reason: 'in-order', rests: true, memory: {}, dueAt: null },
    });
  });
});

describe('given an outlier that comes first, and the truth after it', () => {
  const truth = walk([6, HOME]);
  const told = folded([fix(minute(-1), FAR), ...truth]);

  it('believes the truth from its third fix on, and forgives the count', () => {
    expect(told.core.lastFix?.at).toBe(minute(5));
    expect(told.core.movement).toBeNull();
    expect(verdictOf(told)).toBe('satisfied');
  });
});

describe('given fixes at a zone that nobody can have reached, again and again', () => {
  const events = [0, 1, 2, 3].flatMap((i) => [
    fix(minute(6 + i), near(HOME, i)),
    fix(minute(6.5 + i), { lat: SCHOOL.lat + 2, lon: SCHOOL.lon }),
  ]);

  it('tells of the movement after the third, since the first', () => {
    const two = folded([...BEFORE, ...events.slice(0, 4)]);
    expect(marksOf(two)).toEqual([]);
    const three = folded([...BEFORE, ...events.slice(0, 6)]);
    expect(marksOf(three)).toMatchObject([
      { reason: 'impossible-movement', openedAt: minute(6.5), foundAt: minute(8.5) },
    ]);
  });

  it('ends an hour after fewer than three are left of it', () => {
    const later = Array.from({ length: 70 }, (_, i) => fix(minute(11 + i), near(HOME, i)));
    const ended = marksOf(folded([...BEFORE, ...events, ...later]));
    expect(ended).toMatchObject([{ endReason: 'back-in-order', endedAt: minute(67.5) }]);
  });
});

describe('given a wearer who has truly moved far', () => {
  it('is believed there with the third fix', () => {
    const there = [60, 61, 62].map((n) => fix(minute(n), near(FAR, n)));
    expect(folded([...BEFORE, ...there.slice(0, 1)]).core.lastFix?.at).toBe(minute(60));
    const sooner = [10, 11, 12].map((n) => fix(minute(n), near(FAR, n)));
    expect(folded([...BEFORE, ...sooner.slice(0, 2)]).core.lastFix?.at).toBe(minute(5));
    expect(folded([...BEFORE, ...sooner]).core.lastFix?.at).toBe(minute(12));
  });
});

describe('given a cell position far away', () => {
  it('is left to the position model, which never believes it alone', () => {
    const cell = fix(minute(5.5), FAR, { source: 'cell', accuracyMetres: 900 });
    expect(folded([...BEFORE, cell]).core.movement).toBeNull();
  });
});

describe('given an order that does not mind the device', () => {
  it('weighs no fix beforehand', () => {
    const careless = superviseWith(['curfew']);
    const end = [...BEFORE, jumped(5.5)].reduce<Folded>(
      (before, event) => applyInput(before, careless, event),
      { core: emptyCore(instant(0)), anchors: ANCHORS, wasSafe: false },
    );
    expect(end.core.lastFix?.at).toBe(minute(5.5));
    expect(end.core.movement).toBeNull();
  });
});

const runs = { numRuns: 10 };
const atOnce = { ...runs, deliveries: fc.constant(AT_ONCE) };

describe('given days on which a device is in two places at once', () => {
  it('is told of once, at the third', () => expectTold(isInTwoPlaces, atOnce));
});

describe('given days on which a device jumps to the other end of the country and stays', () => {
  it('is told of once', () => expectTold(isTeleported, atOnce));
});

describe('given days of a stray fix, of a fast drive and of flights', () => {
  it('is never told of', () => expectTold(isPlausible, { ...atOnce, numRuns: 24 }));
});
