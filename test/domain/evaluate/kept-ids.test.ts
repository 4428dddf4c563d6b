import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { fix } from '#test/support/events.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { HOME, inForce, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, minute, near } from '#test/support/walks.ts';

const UNTIL = minute(300);
const curfew = superviseWith(['curfew']);
const lifted = superviseWith([], { conditions: [] });

/** A fix a minute at a spot, from one minute to the next named. */
const stay = (spot: typeof BETWEEN, from: number, until: number): DeviceEvent[] =>
  Array.from({ length: until - from }, (_, i) => fix(minute(from + i), near(spot, from + i)));
const away = (from: number, until: number) => stay(BETWEEN, from, until);
const atHome = (from: number, until: number) => stay(HOME, from, until);

type Trail = ReturnType<typeof simulatedTrail>;

/** What stands on record, under its id, in minutes: a row of the same id replaces another. */
const onRecord = (trail: Trail) => {
  const rows = new Map<string, (number | string | null)[]>();
  for (const { kind, mark } of trail.changes()) {
    const { violationId, openedAt, endedAt, endReason } = mark;
    const minutes = [openedAt, endedAt].map((at) => at && (at - minute(0)) / 60_000);
    if (kind === 'withdrawn') rows.delete(violationId);
    else rows.set(violationId, [...minutes, endReason]);
  }
  return rows;
};

const standing = (trail: Trail) =>
  [...onRecord(trail).values()].sort(([a], [b]) => Number(a) - Number(b));
const idSince = (n: number) => `w-1.curfew.${minute(n).toString(36)}`;

/** Told of an absence as since one minute, and then of events by which it began long before. */
const toldLate = (since: readonly DeviceEvent[], before: readonly DeviceEvent[]): Trail => {
  const trail = simulatedTrail(curfew);
  trail.tell(since, UNTIL);
  trail.tell(before, UNTIL);
  return trail;
};

describe('given an absence found to have begun before the instant that its id is of', () => {
  it('is the same violation', () => {
    const trail = toldLate(away(100, 110), away(40, 100));
    expect([...onRecord(trail)]).toEqual([[idSince(100), [40, null, null]]]);
  });

  it('stays on record where orders are lifted in it, and another begins at that instant', () => {
    const trail = toldLate(away(81, 90), [...away(40, 45), ...away(80, 81)]);
    trail.change(inForce(curfew, [minute(50), lifted]), minute(50), UNTIL);
    const both = inForce(curfew, [minute(50), lifted], [minute(55), curfew]);
    trail.change(both, minute(55), UNTIL);
    expect(standing(trail)).toEqual([
      [40, 50, 'condition-lifted'],
      [81, null, null],
    ]);
  });

  it('stays on record where only the slice is folded that another begins in', () => {
    const trail = toldLate(away(160, 170), away(40, 45));
    trail.change(inForce(curfew, [minute(50), lifted]), minute(50), UNTIL);
    trail.tell(atHome(50, 95), UNTIL);
    const both = inForce(curfew, [minute(50), lifted], [minute(155), curfew]);
    trail.change(both, minute(155), UNTIL);
    expect(standing(trail)).toEqual([
      [40, 50, 'condition-lifted'],
      [160, null, null],
    ]);
  });

  const trail = toldLate(away(101, 110), away(40, 90));
  trail.tell([...atHome(90, 100), ...away(100, 101)], UNTIL);

  it('stays on record where the wearer was at home in between', () => {
    const whole = simulatedTrail(curfew);
    whole.tell([...away(40, 90), ...atHome(90, 100), ...away(100, 110)], UNTIL);
    expect(standing(trail)).toEqual(standing(whole));
    expect(standing(trail)).toHaveLength(2);
  });

  it('leaves its id to what goes on at that instant', () => {
    expect(onRecord(trail).get(idSince(101))?.[1]).toBeNull();
  });
});
