import fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  comesJustInTime,
  comesLate,
  isUnseen,
  keepsBoth,
  leavesEarly,
  missesBoth,
  missesOne,
  missesOneExcused,
} from '#local/worlds/generators/mandatory-attendance.ts';
import { AT_ONCE, deliveries, expectTold } from '#test/support/oracle-days.ts';

const soon = deliveries.map((drawn) => ({ ...drawn, everySeconds: 60 }));

describe('given days with two appointments, of which the truth is known', () => {
  it.each([
    ['tells of who comes late, when they come', comesLate],
    ['tells of one that is missed, at its end', missesOne],
    ['tells of the second that is missed more gravely', missesBoth],
    ['does not count one that was permitted to be missed', missesOneExcused],
    ['tells of who leaves at once', leavesEarly],
  ])('%s', (_, days) => {
    expectTold((seed) => days(seed), { numRuns: 6, deliveries: fc.constant(AT_ONCE) });
  });

  it.each([
    ['who keeps both', keepsBoth],
    ['who comes just in time', comesJustInTime],
    ['whom nobody saw for half of the time', isUnseen],
  ])('says nothing of %s', (_, days) => {
    expectTold((seed) => days(seed), { numRuns: 6, deliveries: soon });
  });
});
