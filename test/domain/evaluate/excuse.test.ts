import { describe, expect, it } from 'vitest';
import { addedUpBy } from '#domain/evaluate/added-up.ts';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { isAwayTwice } from '#local/worlds/generators/accumulated-time.ts';
import {
  CURFEW_ENDS_AT,
  CURFEW_STARTS_AT,
  isOutAllCurfew,
} from '#local/worlds/generators/curfew-nights.ts';
import type { MadeDay } from '#local/worlds/generators/made-day.ts';
import type { PermissionBody } from '#local/worlds/world.ts';
import { watchCalled } from '#test/support/ask-rule.ts';
import { fix } from '#test/support/events.ts';
import { superviseMadeDay } from '#test/support/made-supervision.ts';

const excuse: PermissionBody = {
  ...{ permissionId: 'p-1', reason: 'medical', grantedBy: 'officer' },
  ...{ from: toIso(CURFEW_STARTS_AT), until: toIso(CURFEW_ENDS_AT) },
};

const fixesOf = ({ events }: MadeDay): DeviceEvent[] =>
  events.flatMap((made) => {
    if (made.kind !== 'fix') return [];
    const at = instant(Date.parse(made.recordedAt));
    return [fix(at, made, { ...made, recordedAt: at })];
  });

/** A part of an evening, all in one slice, and what is found when an excuse follows. */
const excusedAfter = (day: MadeDay, permission = excuse) => {
  const events = fixesOf(day).slice(40, 75);
  const until = events.at(-1)?.recordedAt ?? day.endsAt;
  const before = superviseMadeDay(day);
  const after = superviseMadeDay({ ...day, permissions: [permission] });
  const known = evaluate({ supervision: before, state: null, events, until });
  const { state } = known;
  const told = evaluate({ supervision: after, state, events: [], until: secondsAfter(until, 1) });
  return { known, told };
};

describe('given a violation whose time is permitted afterwards', () => {
  it('is taken back, and says that it was excused', () => {
    const { known, told } = excusedAfter(isOutAllCurfew(3));
    expect(known.changes.map(({ kind }) => kind)).toEqual(['opened']);
    expect(told.changes).toMatchObject([{ kind: 'withdrawn', mark: { endReason: 'excused' } }]);
    expect(told.state.core.watches).toMatchObject({ curfew: { reason: 'permitted' } });
  });
});

describe('given an excuse for absences that had added up', () => {
  it('takes their minutes off the sum', () => {
    const day = isAwayTwice(5);
    const sum = (permissions: readonly PermissionBody[]) => {
      const supervision = superviseMadeDay({ ...day, permissions });
      const events = fixesOf(day);
      const { state } = evaluate({ supervision, state: null, events, until: day.endsAt });
      return addedUpBy(watchCalled(supervision, 'curfew.accumulated'), state.core, day.endsAt);
    };
    const before = sum([]);
    expect(before).toMatchObject({ limitMinutes: 60, absences: { length: 2 } });
    expect(before?.minutes).toBeGreaterThan(44);
    expect(before?.minutes).toBeLessThan(60);
    expect(sum([excuse])).toEqual({ minutes: 0, limitMinutes: 60, absences: [] });
  });
});
