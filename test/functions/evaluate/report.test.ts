import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { timelineFrom } from '#domain/evaluate/timeline.ts';
import type { Instant } from '#domain/model/instant.ts';
import { report } from '#functions/evaluate/report.ts';
import { check } from '#test/support/events.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';
import { at, superviseWith, WEARER } from '#test/support/supervisions.ts';

const reported = (supervision: ReturnType<typeof superviseWith>, until: Instant) => {
  const told = recordedTelemetry();
  const events = [check(until, 'present')];
  const result = evaluate({ supervision, state: null, events, until });
  report(told.telemetry, WEARER, { timeline: timelineFrom(supervision), result });
  return told.measured.filter(([name]) => name === 'hoursEndSoon').map(([, value]) => value);
};

describe('given a curfew whose hours were compiled until the end of 2027', () => {
  it('says nothing of them while they last for half a year and more', () => {
    expect(reported(superviseWith(['curfew']), at('2027-07-04T00:00:00Z'))).toEqual([]);
  });

  it('says that they end soon, half a year before', () => {
    expect(reported(superviseWith(['curfew']), at('2027-07-05T00:00:00Z'))).toEqual([1]);
  });

  it('says nothing of a condition that holds at every hour', () => {
    expect(reported(superviseWith(['zone']), at('2027-12-30T00:00:00Z'))).toEqual([]);
  });
});
