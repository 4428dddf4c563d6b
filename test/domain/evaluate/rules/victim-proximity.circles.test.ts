import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { ruleCalled } from '#domain/evaluate/rules.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { watchCalled } from '#test/support/ask-rule.ts';
import { KEEP_AWAY, otherAt, superviseTwo, wearerAt } from '#test/support/pairs.ts';
import { START } from '#test/support/walks.ts';

const SUPERVISION = superviseTwo([{ ...KEEP_AWAY, alertMetres: 500 }]);
const second = (n: number): Instant => instant(START + n * 1000);

/** A fix of each a minute, both at rest, so many metres apart from one minute to another. */
const apart = (fromMinute: number, toMinute: number, metres: number): DeviceEvent[] =>
  Array.from({ length: toMinute - fromMinute }, (_, i) => (fromMinute + i) * 60).flatMap((s) => [
    wearerAt(second(s), 0),
    otherAt(second(s), metres),
  ]);

/** What is known a while after the test begins, of what had been recorded by then. */
const stateAt = (all: readonly DeviceEvent[], untilSecond: number) => {
  const until = second(untilSecond);
  const events = all.filter(({ recordedAt }) => recordedAt <= until);
  return evaluate({ supervision: SUPERVISION, state: null, events, until });
};
const told = (events: readonly DeviceEvent[], untilSecond: number): unknown[] =>
  stateAt(events, untilSecond).changes.map(({ mark }) => [mark.reason, mark.endedAt === null]);

describe('given two people who stay so far apart', () => {
  it.each([
    [300, ['near-protected-person', 'approaching-protected-person']],
    [900, ['approaching-protected-person']],
    [1_300, []],
  ])('at %i m tells of the circles that they are in, and of no other', (metres, reasons) => {
    const found = told(apart(0, 6, metres), 360);
    expect(found.sort()).toEqual(reasons.map((reason) => [reason, true]).sort());
  });

  it('tells how far apart they are', () => {
    const { changes } = stateAt(apart(0, 6, 300), 360);
    expect(changes.map(({ mark }) => mark.distanceMetres)).toEqual([300, 300]);
  });

  it('stays in the inner circle until they are a fifth further apart than it', () => {
    const nearby = [...apart(0, 6, 300), ...apart(6, 20, 560)];
    expect(told(nearby, 1_200)).toContainEqual(['near-protected-person', true]);
    const away = [...nearby, ...apart(20, 30, 700)];
    expect(told(away, 1_800)).toContainEqual(['near-protected-person', false]);
    expect(told(away, 1_800)).toContainEqual(['approaching-protected-person', true]);
  });

  it('asks of both circles how near they are, and of losses nothing of the kind', () => {
    const rule = ruleCalled('victim-proximity');
    const closenessOf = (suffix: string) =>
      rule?.closenessOf(watchCalled(SUPERVISION, `w-1.keep-away${suffix}`)) ?? null;
    expect(closenessOf('')).toMatchObject({ enterMetres: 500, leaveMetres: 600, lagIs: 'reach' });
    expect(closenessOf('.approach')).toMatchObject({ enterMetres: 1_000, leaveMetres: 1_200 });
    expect([closenessOf('.wearer-lost'), closenessOf('.protected-lost')]).toEqual([null, null]);
  });
});

describe('given two people of whom one falls silent', () => {
  const both = apart(0, 5, 3_000);
  const wearerAlone = Array.from({ length: 30 }, (_, i) => wearerAt(second(300 + i * 60), 0));
  const otherAlone = Array.from({ length: 30 }, (_, i) => otherAt(second(300 + i * 60), 3_000));

  it.each([
    ['the protected person', wearerAlone, 'protected-device-lost'],
    ['the wearer', otherAlone, 'wearer-device-lost'],
  ])('tells of %s after a quarter of an hour, since they were last heard', (_, rest, reason) => {
    expect(told([...both, ...rest], 240 + 899)).toEqual([]);
    const { changes } = stateAt([...both, ...rest], 240 + 900);
    expect(changes.map(({ mark }) => [mark.reason, mark.openedAt])).toEqual([
      [reason, second(240)],
    ]);
  });

  it('is over when they are heard again', () => {
    const again = otherAt(second(1_500), 3_000);
    expect(told([...both, ...wearerAlone, again], 1_600)).toEqual([
      ['protected-device-lost', false],
    ]);
  });

  it('tells of who was never heard at all, since the other first was', () => {
    expect(told(wearerAlone, 300 + 899)).toEqual([]);
    const { changes } = stateAt(wearerAlone, 300 + 900);
    expect(changes.map(({ mark }) => [mark.reason, mark.openedAt])).toEqual([
      ['protected-device-lost', second(300)],
    ]);
  });

  it('waits for longer where they are so far apart that they could not meet', () => {
    const far = apart(0, 5, 60_000);
    expect(told([...far, ...wearerAlone], 240 + 900)).toEqual([]);
    const due = stateAt([...far, ...wearerAlone], 240 + 900).state.nextDueAt;
    expect(due).toBeGreaterThan(second(240 + 900 + 300));
  });
});
