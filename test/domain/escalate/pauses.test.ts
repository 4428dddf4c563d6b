import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DatedPause,
  holdForPause,
  lookAtPause,
  onlyShortens,
  PAUSE_LOOK_SECONDS,
} from '#domain/escalate/pauses.ts';
import { toIso } from '#domain/model/instant.ts';
import { keptPauseSchema, type Pause, pauseSchema } from '#domain/model/pause.ts';
import type { Violation } from '#domain/model/violation.ts';
import { facts, later, policy, T, violation, violationOpens } from '#test/support/alerts.ts';
import { given } from '#test/support/given-alert.ts';
import { pause } from '#test/support/pauses.ts';

const HOUR = 3_600;
const dated = (fields: Readonly<Record<string, unknown>> = {}): DatedPause => ({
  pause: pause(fields),
  changedAt: later(-HOUR),
});
const inZone = violation({ reason: 'inside-zone', conditionKind: 'exclusion-zone' });
const isHeld = (found: Violation, seconds: number, ...pauses: DatedPause[]): boolean =>
  holdForPause(pauses, found, later(seconds)) !== null;

describe('a pause holds', () => {
  it('what opens from its start until its end, and nothing before or after', () => {
    const one = dated({ startsAt: toIso(later(10)), endsAt: toIso(later(20)) });
    const held = [9, 10, 19, 20].map((seconds) => isHeld(violation(), seconds, one));
    expect(held).toEqual([false, true, true, false]);
  });

  it.each([
    ['the agency', { kind: 'agency' }, [true, true]],
    ['a wearer', { kind: 'wearer', wearerId: 'w-1' }, [true, false]],
    ['kinds of condition', { kind: 'kinds', kinds: ['curfew'] }, [true, true]],
    ['other kinds', { kind: 'kinds', kinds: ['check-in'] }, [false, false]],
  ])('what is of %s', (_, scope, expected) => {
    const wearers = [violation(), violation({ wearerId: 'w-2' })];
    expect(wearers.map((found) => isHeld(found, 0, dated({ scope })))).toEqual(expected);
  });

  it('nothing on which safety hangs, unless a second person has agreed to just that', () => {
    const second = { by: 'manager', at: toIso(T) };
    const pauses = [
      dated(),
      dated({ withSafety: true }),
      dated({ second }),
      dated({ withSafety: true, second }),
    ];
    expect(pauses.map((one) => isHeld(inZone, 0, one))).toEqual([false, false, false, true]);
    expect(pauses.map((one) => isHeld(violation(), 0, one))).toEqual([true, true, true, true]);
  });

  it('until the last of several ends', () => {
    const short = dated({ pauseId: 'short', endsAt: toIso(later(60)) });
    const long = dated({ pauseId: 'long', endsAt: toIso(later(90)) });
    expect(holdForPause([short, long], violation(), T)?.held).toMatchObject({
      ...{ why: 'paused', pauseId: 'long', untilAt: later(90) },
    });
  });
});

describe('a paused alert', () => {
  const alert = { openedAt: T, facts: facts(), held: undefined };
  const ends = (seconds: number, fields: Readonly<Record<string, unknown>> = {}): DatedPause =>
    dated({ endsAt: toIso(later(seconds)), ...fields });

  it('is held while any pause holds it, and learns of another end', () => {
    expect(lookAtPause(alert, [ends(900)], { now: later(60), nth: 0 })).toEqual({
      ...{ is: 'standing', untilAt: later(900) },
    });
  });

  it('is told from the end of the pause on, each a second after the one before', () => {
    const told = [0, 1, 2].map((nth) => lookAtPause(alert, [ends(600)], { now: later(600), nth }));
    expect(told).toEqual([0, 1, 2].map((nth) => ({ is: 'over', from: later(600 + nth) })));
  });

  it('is told a quarter of an hour after its end at the latest, however many were held', () => {
    const last = lookAtPause(alert, [ends(600)], { now: later(600), nth: 20_000 });
    expect(last).toEqual({ is: 'over', from: later(600 + 900) });
  });

  it('is told after a look of every other one, where the pause was ended early', () => {
    const early = { ...ends(100), changedAt: later(100) };
    expect(lookAtPause(alert, [early], { now: later(150), nth: 3 })).toEqual({
      ...{ is: 'over', from: later(100 + PAUSE_LOOK_SECONDS + 3) },
    });
  });

  it('is told at once where its pause is no longer on record', () => {
    expect(lookAtPause(alert, [], { now: later(60), nth: 0 })).toEqual({ is: 'over', from: 0 });
  });

  it('is never held for longer than thirty days, however often the end is put off', () => {
    const far = { startsAt: toIso(later(29 * 24 * HOUR)), endsAt: toIso(later(59 * 24 * HOUR)) };
    const month = 30 * 24 * HOUR;
    const look = (seconds: number) =>
      lookAtPause(alert, [dated(far)], { now: later(seconds), nth: 0 });
    expect(look(month - 1)).toEqual({ is: 'standing', untilAt: later(month) });
    expect(look(month)).toEqual({ is: 'over' });
  });
});

describe('what was paused and can wait', () => {
  it('is told as its pause ends, and not after the delay of a step that it never takes', () => {
    const delayed = policy({ steps: [{ delaySeconds: 3_600, targets: [] }] });
    const hold = holdForPause([dated({ endsAt: toIso(later(600)) })], violation(), T);
    if (hold === null) throw new Error('the alert was not held');
    const opens = violationOpens({ isOldNews: true }, { hold, policy: delayed });
    const { after } = given({ command: opens, now: T })
      .when({ type: 'tick', epoch: 1, hold: { is: 'over' } }, later(600))
      .thenHappened('hold-ended', 'step-run');
    expect(after).toMatchObject({ track: 'review', nextDueAt: later(600 + 24 * HOUR) });
  });
});

describe('a pause that is put', () => {
  const source = (fields: Readonly<Record<string, unknown>> = {}) => ({
    ...{ pauseId: 'p-1', scope: { kind: 'agency' }, reason: 'works', by: 'officer' },
    ...{ startsAt: '2026-03-02T20:00:00Z', endsAt: '2026-03-02T22:00:00Z', ...fields },
  });

  it.each([
    ['no reason', { reason: '' }],
    ['no end', { endsAt: undefined }],
    ['an end before its start', { endsAt: '2026-03-02T19:00:00Z' }],
    ['an end at its start', { endsAt: '2026-03-02T20:00:00Z' }],
    ['more than thirty days', { endsAt: '2026-04-01T20:00:01Z' }],
    ['nobody who puts it', { by: undefined }],
    ['no kinds', { scope: { kind: 'kinds', kinds: [] } }],
    ['a local time', { startsAt: '2026-03-02T20:00:00' }],
  ])('with %s is refused', (_, fields) => {
    expect(pauseSchema.safeParse(source(fields)).success).toBe(false);
    expect(pauseSchema.safeParse(source()).success).toBe(true);
  });

  it('may last thirty days to the second', () => {
    const month = source({ endsAt: '2026-04-01T20:00:00Z' });
    expect(pauseSchema.safeParse(month).success).toBe(true);
  });

  const changes = fc.record(
    {
      scope: fc.constantFrom({ kind: 'agency' }, { kind: 'wearer', wearerId: 'w-1' }),
      endsAt: fc.constantFrom(T, later(10), later(20)).map(toIso),
      startsAt: fc.constantFrom(later(-10), later(-20)).map(toIso),
      withSafety: fc.boolean(),
      reason: fc.constantFrom('works', 'more works'),
    },
    { requiredKeys: [] },
  );

  it('never holds more, by a change that needs no new agreement', () => {
    const second = { by: 'manager', at: toIso(T) };
    const of = (change: object): Pause =>
      keptPauseSchema.parse({ ...source({ endsAt: toIso(later(10)), second }), ...change });
    fc.assert(
      fc.property(changes, changes, fc.integer({ min: -30, max: 30 }), (a, b, seconds) => {
        const [before, next] = [of(a), of(b)];
        const changedAt = T;
        if (!onlyShortens(before, next)) return;
        for (const found of [violation(), inZone, violation({ wearerId: 'w-2' })]) {
          if (isHeld(found, seconds, { pause: next, changedAt })) {
            expect(isHeld(found, seconds, { pause: before, changedAt })).toBe(true);
          }
        }
      }),
    );
  });
});
