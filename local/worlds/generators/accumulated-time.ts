import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between } from '../chance.ts';
import type { PermissionBody } from '../world.ts';
import { CURFEW_STARTS_AT, evening, type Out } from './curfew-nights.ts';
import type { MadeDay } from './made-day.ts';

/** An hour of absence is the limit of these evenings, and from 40 minutes the officer is warned. */
const LIMIT = { atvMinutes: 60, atvWarningShare: 40 / 60 };

const minutes = (count: number): number => count * 60;
/** An absence is noticed, and seen to end, some minutes late: the sum is off by as much. */
const SLACK_SECONDS = 600;

const added = (
  seed: number,
  outs: readonly Out[],
  more: Readonly<{ truth: MadeDay['truth']; permissions?: readonly PermissionBody[] }>,
): MadeDay => ({
  ...evening({ seed, outs, condition: LIMIT, ...more }),
  rule: 'accumulated-time',
});

const found = (reason: 'atv-near-limit' | 'atv-limit-reached', at: Instant) => ({
  ...{ conditionId: 'curfew', reasons: [reason] as const, withinSeconds: 2 * SLACK_SECONDS },
  beganAt: secondsAfter(at, -SLACK_SECONDS),
});

const leavesAt = (seed: number): Instant =>
  secondsAfter(CURFEW_STARTS_AT, minutes(between(10, 30, seed, 10)));

/** Away for 80 minutes or more at once: warned at 40, told at 60. */
export const isAwayTooLong = (seed: number): MadeDay => {
  const from = leavesAt(seed);
  const until = secondsAfter(from, minutes(between(80, 110, seed, 11)));
  const truth = [
    found('atv-near-limit', secondsAfter(from, minutes(40))),
    found('atv-limit-reached', secondsAfter(from, minutes(60))),
  ];
  return added(seed, [{ from, until }], { truth });
};

/** Twice away, half an hour each and a little more: the second time comes to the warning. */
const twice = (seed: number): readonly [Out, Out] => {
  const from = leavesAt(seed);
  const until = secondsAfter(from, minutes(30));
  const again = secondsAfter(until, minutes(between(20, 30, seed, 11)));
  return [
    { from, until },
    { from: again, until: secondsAfter(again, minutes(24)) },
  ];
};

export const isAwayTwice = (seed: number): MadeDay => {
  const outs = twice(seed);
  const truth = [found('atv-near-limit', secondsAfter(outs[1].from, minutes(10)))];
  return added(seed, outs, { truth });
};

/** The same, with the first time excused: what is left comes to half an hour. */
export const isExcusedOnce = (seed: number): MadeDay => {
  const outs = twice(seed);
  const [first] = outs;
  const excuse: PermissionBody = {
    ...{ permissionId: 'p-1', reason: 'medical', grantedBy: 'officer' },
    ...{
      from: toIso(secondsAfter(first.from, -300)),
      until: toIso(secondsAfter(first.until, 600)),
    },
  };
  return added(seed, outs, { truth: [], permissions: [excuse] });
};

/** Away for half an hour, once. */
export const isAwayALittle = (seed: number): MadeDay => {
  const from = leavesAt(seed);
  return added(seed, [{ from, until: secondsAfter(from, minutes(30)) }], { truth: [] });
};
