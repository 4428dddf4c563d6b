import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { isAwayTwice } from '#local/worlds/generators/accumulated-time.ts';
import {
  CURFEW_ENDS_AT,
  CURFEW_STARTS_AT,
  isOutAllCurfew,
  leavesAndReturns,
} from '#local/worlds/generators/curfew-nights.ts';
import type { MadeDay } from '#local/worlds/generators/made-day.ts';
import type { PermissionBody } from '#local/worlds/world.ts';
import { fix } from '#test/support/events.ts';
import { superviseMadeDay } from '#test/support/made-supervision.ts';
import { AT_ONCE, liveDay } from '#test/support/oracle-days.ts';

const excuse: PermissionBody = {
  ...{ permissionId: 'p-1', reason: 'medical', grantedBy: 'officer' },
  ...{ from: toIso(CURFEW_STARTS_AT), until: toIso(CURFEW_ENDS_AT) },
};

/** A day with all that happened on it in one slice, and what is found when an excuse follows. */
const excusedAfter = (day: MadeDay, permission = excuse) => {
  const events = day.events.slice(40, 75).flatMap((made) =>
    made.kind === 'fix'
      ? [
          fix(instant(Date.parse(made.recordedAt)), made, {
            ...made,
            recordedAt: instant(Date.parse(made.recordedAt)),
          }),
        ]
      : [],
  );
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

describe('given an excuse for the first of two absences that add up', () => {
  it('shows less in the state than without it', () => {
    const day = isAwayTwice(5);
    const sums = (permissions: readonly PermissionBody[]) => {
      const { told } = liveDay({ ...day, permissions }, AT_ONCE);
      return told.filter(({ change }) => change.mark.reason === 'atv-near-limit').length;
    };
    expect(sums([])).toBeGreaterThan(0);
    expect(sums([excuse])).toBe(0);
    expect(leavesAndReturns(1).truth).toHaveLength(1);
  });
});
