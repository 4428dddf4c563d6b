import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityOf } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { simulatedTrail } from '#test/support/simulated-trail.ts';
import { HOME, SCHOOL, superviseWith } from '#test/support/supervisions.ts';
import { BETWEEN, cutInto, minute, walk } from '#test/support/walks.ts';

const DAY = walk([18, HOME], [6, BETWEEN], [9, SCHOOL], [22, BETWEEN], [20, HOME]);
const UNTIL = minute(90);

const told = (batches: readonly (readonly DeviceEvent[])[]) => {
  const trail = simulatedTrail(superviseWith());
  for (const batch of batches) trail.tell(batch, UNTIL);
  return trail;
};

type Trail = ReturnType<typeof told>;

/** What stands of every violation after all changes, in the order of their opening. */
const standing = (trail: Trail): string[] => {
  const known = new Map<string, string>();
  for (const { kind, mark } of trail.changes()) {
    const { violationId, watchId, openedAt, endedAt } = mark;
    if (kind === 'withdrawn') known.delete(violationId);
    else known.set(violationId, `${watchId} ${openedAt} ${endedAt}`);
  }
  return [...known.values()].sort();
};

describe('given a stay in a zone whose fixes arrive after everything that followed', () => {
  const stay = DAY.slice(24, 33);
  const rest = DAY.filter((event) => !stay.includes(event));
  const trail = told([...rest.map((event) => [event]), stay]);

  it('finds the violation, with the instants that it had', () => {
    expect(standing(trail)).toEqual(standing(told([DAY])));
    expect(standing(trail).some((line) => line.startsWith('school'))).toBe(true);
  });

  it('ends in the state of somebody who was told in order', () => {
    expect(trail.state().core.watches).toEqual(told([DAY]).state().core.watches);
  });

  it('keeps every event once', () => {
    expect(trail.kept().map(identityOf).sort()).toEqual(DAY.map(identityOf).sort());
  });
});

describe('given an event of a closed slice that is sent again', () => {
  it('changes nothing, and no slice is written again', () => {
    const trail = told(DAY.map((event) => [event]));
    const before = JSON.stringify(trail.state());
    const again = trail.tell(DAY.slice(0, 20), UNTIL);
    expect(again.changes).toEqual([]);
    expect(again.closed).toEqual([]);
    expect(JSON.stringify(again.state)).toBe(before);
  });
});

describe('given a day whose events arrive in any order, in any batches, some of them twice', () => {
  const arrivals = fc.record({
    shuffled: fc.shuffledSubarray([...DAY, ...DAY.slice(10, 30)], {
      minLength: DAY.length + 20,
      maxLength: DAY.length + 20,
    }),
    cuts: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 10 }),
  });
  const inOrder = told([DAY]);

  it('ends in the same beliefs, the same violations, and with every event kept once', () => {
    fc.assert(
      fc.property(arrivals, ({ shuffled, cuts }) => {
        const trail = told(cutInto(shuffled, cuts));
        expect(trail.state().core.watches).toEqual(inOrder.state().core.watches);
        expect(standing(trail)).toEqual(standing(inOrder));
        expect(trail.kept().map(identityOf).sort()).toEqual(DAY.map(identityOf).sort());
      }),
      { numRuns: 150 },
    );
  });
});
